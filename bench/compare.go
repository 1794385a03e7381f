package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"

	"fangzhi/bench/workload"
	"fangzhi/graph/open"
	"fangzhi/server"
)

// compared counts the questions that the server and graph/query were both asked, and those that they answered differently.
type compared struct{ Questions, Differing int }

type agreeArgs struct{ place }

// comparedEach is how many questions of each workload are compared.
const comparedEach = 5

func agree(a agreeArgs) (compared, error) {
	var out compared
	questions, err := readQuestions(a.place)
	if err != nil {
		return out, err
	}
	store, err := open.Open(a.graph())
	if err != nil {
		return out, err
	}
	ctx := context.Background()
	r, err := store.Snapshot(ctx)
	if err != nil {
		return out, errors.Join(err, store.Close())
	}
	handler := server.New(server.Config{Store: store})
	for _, w := range workload.All {
		for _, q := range questions[w.Name][:min(comparedEach, len(questions[w.Name]))] {
			want, limited, err := askOne(ctx, r, w, q)
			if err != nil {
				return out, err
			}
			got, err := askServer(handler, w, q)
			out.Questions++
			if refused := (*workload.Refused)(nil); errors.As(err, &refused) {
				if !limited {
					out.Differing++
				}
				continue
			} else if err != nil {
				return out, err
			}
			if !limited && !slices.Equal(got, want) { // the server may just have been in time
				out.Differing++
			}
		}
	}
	r.Close()
	return out, store.Close()
}

func askServer(handler http.Handler, w workload.Workload, q workload.Question) ([]string, error) {
	body, err := json.Marshal(map[string]any{"query": w.Document, "variables": w.Variables(q)})
	if err != nil {
		return nil, err
	}
	request := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return workload.Lines(recorder.Body.Bytes())
}
