package workload

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// told are the fields whose values are the lines of an answer, in the order of the document.
var told = map[string]bool{
	"title": true, "edtf": true, "body": true, "label": true, "name": true, "totalCount": true, "count": true, "sharedEvents": true, "length": true,
}

// Refused is an answer with errors: the first one's message.
type Refused struct{ Message string }

func (e *Refused) Error() string { return "the answer has errors: " + e.Message }

// Lines returns the lines of an answer in JSON, as Ask returns those of a graph. An answer with errors is *Refused.
func Lines(answer []byte) ([]string, error) {
	var whole struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(answer, &whole); err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(whole.Errors) > 0 {
		return nil, &Refused{whole.Errors[0].Message}
	}
	d := json.NewDecoder(bytes.NewReader(whole.Data))
	d.UseNumber()
	var lines []string
	return lines, gather(d, false, &lines)
}

// gather reads one value; tell says whether it is a line.
func gather(d *json.Decoder, tell bool, lines *[]string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch token {
	case json.Delim('{'):
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			name, _ := key.(string)
			if err := gather(d, told[name], lines); err != nil {
				return err
			}
		}
	case json.Delim('['):
		for d.More() {
			if err := gather(d, false, lines); err != nil {
				return err
			}
		}
	default:
		if tell && token != nil {
			*lines = append(*lines, fmt.Sprint(token))
		}
		return nil
	}
	if _, err := d.Token(); err != nil && !errors.Is(err, io.EOF) { // the end of the object or the list
		return err
	}
	return nil
}
