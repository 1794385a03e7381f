// Package gqlhttp serves GraphQL over HTTP as the specification of that name says: GET and POST, one operation a
// request, the status by the media type that the client asked for.
package gqlhttp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// The media types of answers.
const (
	mediaJSON     = "application/json"
	mediaResponse = "application/graphql-response+json"
)

// methods are those that a request may have.
const methods = "GET, POST, OPTIONS"

// maxNesting is how deep the JSON of a request may be nested: gqlgen's handling of variables is superlinear in it.
const maxNesting = 32

// Handler answers GraphQL requests.
type Handler struct {
	// Executor runs operations.
	Executor graphql.GraphExecutor
	// MaxBodyBytes bounds the body of a POST and the query string of a GET.
	MaxBodyBytes int64
	// Code returns the stable code of a request that is refused with a status; it is shown in extensions.code.
	Code func(status int) string
	// Slot gives an operation, once it was read, the context that it runs in, until release is called; false where no
	// more can run now.
	Slot func(context.Context) (_ context.Context, release func(), free bool)
	// Revision names what queries are answered from now; the same query has the same answer as long as it is the same, and none comes
	// back. "" is no name: answers are not kept then.
	Revision func(context.Context) string

	kept answers
}

// RetryAfter is when a client may try again after 503, in seconds as the header says it.
const RetryAfter = "1"

// request is the JSON object of a POST, or the parameters of a GET.
type request struct {
	Query         string
	OperationName string
	Variables     map[string]any
	Extensions    map[string]any
}

// refusal is a request that never reaches the executor.
type refusal struct {
	status  int
	message string
	allow   string // the methods that are allowed, "" where it is not about them
}

func (r *refusal) Error() string { return r.message }

func bad(message string) error { return &refusal{status: http.StatusBadRequest, message: message} }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Add("Vary", "Accept")
	header.Set("Cache-Control", "no-store")
	if r.Method == http.MethodOptions {
		header.Set("Allow", methods)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	media, ok := negotiate(strings.Join(r.Header.Values("Accept"), ","))
	header.Set("Content-Type", media+"; charset=utf-8")
	if !ok {
		h.refuse(w, &refusal{status: http.StatusNotAcceptable, message: "answers are " + mediaResponse + " or " + mediaJSON})
		return
	}
	text := buffers.Get().(*bytes.Buffer)
	defer release(text)
	if err := h.readText(w, r, text); err != nil {
		h.refuse(w, err)
		return
	}
	revision, asked := h.Revision(r.Context()), questionOf(r.Method, text.Bytes())
	if revision != "" && !wantsFresh(r) {
		if answer := h.kept.get(revision, asked); answer != nil {
			h.writeQuery(w, r, revision, answer)
			return
		}
	}
	req, err := read(r, text.Bytes())
	if err != nil {
		h.refuse(w, err)
		return
	}
	h.execute(w, r, &req, media, func(answer []byte) string {
		if revision == "" || h.Revision(r.Context()) != revision { // nobody knows which of them it was made of
			return ""
		}
		h.kept.put(revision, asked, answer)
		return revision
	})
}

// execute runs the operation and writes its answer. keep is told the answer of a query that has no errors, and returns its revision
// if that is known. The slot is given back before it is written: a client that is slow to read holds none.
func (h *Handler) execute(w http.ResponseWriter, r *http.Request, req *request, media string, keep func([]byte) string) {
	done, err := h.run(r, req)
	if err != nil {
		h.refuse(w, err)
		return
	}
	if done.answer == nil { // the client has left
		return
	}
	if !done.executed {
		// A request error: the answer has no data, and clients of application/json expect 200.
		if media == mediaResponse {
			w.WriteHeader(http.StatusBadRequest)
		}
		write(w, onlyErrors{done.answer.Errors})
		return
	}
	text := buffers.Get().(*bytes.Buffer)
	defer release(text)
	if marshal(text, done.answer) != nil {
		return
	}
	text.WriteByte('\n')
	revision := ""
	if done.query && len(done.answer.Errors) == 0 {
		revision = keep(text.Bytes())
	}
	h.writeQuery(w, r, revision, text.Bytes())
}

// outcome is what became of an operation.
type outcome struct {
	answer   *graphql.Response // nil where the client has left
	executed bool              // and not refused before
	query    bool              // and no mutation
}

func (h *Handler) run(r *http.Request, req *request) (outcome, error) {
	ctx, release, free := h.Slot(r.Context())
	if !free {
		return outcome{}, &refusal{status: http.StatusServiceUnavailable, message: "busy: try again in a second"}
	}
	defer release()
	ctx = graphql.StartOperationTrace(ctx)
	now := graphql.Now()
	params := &graphql.RawParams{
		Query: req.Query, OperationName: req.OperationName, Variables: req.Variables, Extensions: req.Extensions,
		Headers: r.Header, ReadTime: graphql.TraceTiming{Start: now, End: now},
	}
	op, errs := h.Executor.CreateOperationContext(ctx, params)
	if errs != nil {
		return outcome{answer: h.Executor.DispatchError(graphql.WithOperationContext(ctx, op), errs)}, nil
	}
	query := op.Operation.Operation == ast.Query
	if r.Method == http.MethodGet && !query {
		return outcome{}, &refusal{status: http.StatusMethodNotAllowed, message: "GET may only query", allow: "POST"}
	}
	responses, ctx := h.Executor.DispatchOperation(ctx, op)
	return outcome{responses(ctx), true, query}, nil
}

// readText reads what a request says: its query string or its body.
func (h *Handler) readText(w http.ResponseWriter, r *http.Request, into *bytes.Buffer) error {
	switch r.Method {
	case http.MethodGet:
		if int64(len(r.URL.RawQuery)) > h.MaxBodyBytes {
			return &refusal{status: http.StatusRequestURITooLong, message: "the query string is too long"}
		}
		into.WriteString(r.URL.RawQuery)
		return nil
	case http.MethodPost:
		return h.readBody(w, r, into)
	}
	return &refusal{status: http.StatusMethodNotAllowed, message: "the method is GET or POST, not " + r.Method, allow: methods}
}

func (h *Handler) readBody(w http.ResponseWriter, r *http.Request, into *bytes.Buffer) error {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != mediaJSON {
		return &refusal{status: http.StatusUnsupportedMediaType, message: "the body must be " + mediaJSON}
	}
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		return &refusal{status: http.StatusUnsupportedMediaType, message: "the body must be UTF-8"}
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return &refusal{status: http.StatusUnsupportedMediaType, message: "the body must not be compressed"}
	}
	if _, err := into.ReadFrom(http.MaxBytesReader(w, r.Body, h.MaxBodyBytes)); err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return &refusal{status: http.StatusRequestEntityTooLarge, message: "the body is larger than " + strconv.FormatInt(h.MaxBodyBytes, 10) + " bytes"}
		}
		return bad("the body could not be read")
	}
	return nil
}

// read takes what readText read apart. The request shares nothing with the text.
func read(r *http.Request, text []byte) (request, error) {
	if r.Method == http.MethodGet {
		return readParameters(r.URL.Query())
	}
	return readObject(text)
}

func readParameters(q url.Values) (request, error) {
	if q.Get("query") == "" {
		return request{}, bad("the parameter query is missing")
	}
	req := request{Query: q.Get("query"), OperationName: q.Get("operationName")}
	for name, into := range map[string]*map[string]any{"variables": &req.Variables, "extensions": &req.Extensions} {
		if text := q.Get(name); text != "" {
			if err := decode([]byte(text), into); err != nil {
				return request{}, bad("the parameter " + name + " is no JSON object")
			}
		}
	}
	return req, nil
}

// readObject takes the fields by their types one by one, so that a wrong one is a refusal and not an empty value.
func readObject(text []byte) (req request, err error) {
	if nesting(text) > maxNesting || !json.Valid(text) || !isObject(text) {
		return request{}, bad("the body is no JSON object, or nested too deep")
	}
	for name, value := range members(text) {
		var into any
		switch string(name) {
		case "query": // of a name that is there twice the last one counts
			req.Query, into = "", &req.Query
		case "operationName":
			req.OperationName, into = "", &req.OperationName
		case "variables":
			req.Variables, into = nil, &req.Variables
		case "extensions":
			req.Extensions, into = nil, &req.Extensions
		default:
			continue
		}
		if decode(value, into) != nil {
			return request{}, bad("the field " + string(name) + " has the wrong type")
		}
	}
	if req.Query == "" {
		return request{}, bad("the field query is missing")
	}
	return req, nil
}

// Object reads the JSON object of variables as gqlgen expects it: numbers keep their digits. An empty text is none.
func Object(text []byte) (map[string]any, error) {
	if len(text) == 0 {
		return nil, nil
	}
	var object map[string]any
	err := decode(text, &object)
	return object, err
}

// decode reads exactly one JSON value. Numbers keep their digits, as gqlgen expects of variables.
func decode(text []byte, into any) error {
	if nesting(text) > maxNesting {
		return errors.New("nested too deep")
	}
	if _, isText := into.(*string); isText { // there are no numbers in it
		return json.Unmarshal(text, into)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the value")
	}
	return nil
}

// nesting returns how deep brackets and braces are nested outside of strings.
func nesting(text []byte) int {
	depth, deepest := 0, 0
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			depth++
			deepest = max(deepest, depth)
		case c == ']' || c == '}':
			depth--
		}
	}
	return deepest
}

// negotiate returns the media type to answer with: the better of the two by quality, application/json for
// whoever does not care, and false where the client takes neither.
func negotiate(accept string) (string, bool) {
	if strings.TrimSpace(accept) == "" {
		return mediaJSON, true
	}
	// A range says nothing of what is named by itself.
	named := map[string]float64{}
	ranges := 0.0
	for part := range strings.SplitSeq(accept, ",") {
		media, params, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if text, given := params["q"]; given {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		switch media {
		case mediaResponse, mediaJSON:
			named[media] = max(named[media], q)
		case "application/*", "*/*":
			ranges = max(ranges, q)
		}
	}
	response, responseNamed := named[mediaResponse]
	plain, plainNamed := named[mediaJSON]
	if !responseNamed {
		response = ranges
	}
	if !plainNamed {
		plain = ranges
	}
	if response > plain || responseNamed && response == plain && response > 0 {
		return mediaResponse, true
	}
	return mediaJSON, plain > 0
}

func (h *Handler) refuse(w http.ResponseWriter, err error) {
	var r *refusal
	if !errors.As(err, &r) {
		r = &refusal{status: http.StatusBadRequest, message: err.Error()}
	}
	if r.allow != "" {
		w.Header().Set("Allow", r.allow)
	}
	if r.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", RetryAfter)
	}
	w.WriteHeader(r.status)
	write(w, onlyErrors{gqlerror.List{{Message: r.message, Extensions: map[string]any{"code": h.Code(r.status)}}}})
}

// onlyErrors is the answer to what was not executed: it has no data, not even null.
type onlyErrors struct {
	Errors gqlerror.List `json:"errors"`
}

// writeQuery writes an answer that was executed, with the revision that it was made of, "" for an unknown one. Whoever has left does not
// read an error.
func (h *Handler) writeQuery(w http.ResponseWriter, r *http.Request, revision string, answer []byte) {
	if r.Method == http.MethodGet && revision != "" {
		w.Header().Set("Cache-Control", "private, no-cache") // keep it, and ask each time whether it still holds
		w.Header().Set("ETag", entityTag(revision))
		if has(r, revision) {
			w.Header().Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	_, _ = w.Write(answer)
}

// Marshal returns the JSON of an answer, with <, > and & as they are.
func Marshal(answer *graphql.Response) ([]byte, error) {
	var text bytes.Buffer
	err := marshal(&text, answer)
	return text.Bytes(), err
}

// marshal writes the JSON of an answer. Data alone, as most answers are, is taken as the executor wrote it: encoding/json would
// read all of it again, which took longer than writing it.
func marshal(text *bytes.Buffer, answer *graphql.Response) error {
	if len(answer.Errors) == 0 && len(answer.Data) > 0 && len(answer.Extensions) == 0 {
		text.WriteString(`{"data":`)
		text.Write(answer.Data)
		text.WriteByte('}')
		return nil
	}
	e := json.NewEncoder(text)
	e.SetEscapeHTML(false)
	if err := e.Encode(answer); err != nil {
		return err
	}
	text.Truncate(text.Len() - len("\n"))
	return nil
}

func write(w io.Writer, answer any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	// Whoever has left does not read an error.
	_ = e.Encode(answer)
}
