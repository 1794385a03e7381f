package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// The stable codes of errors, in extensions.code.
const (
	codeBadInput  = "BAD_INPUT"
	codeNotFound  = "NOT_FOUND"
	codeLimit     = "LIMIT"
	codeConflict  = "CONFLICT"
	codeAmbiguous = "AMBIGUOUS"
	codeInternal  = "INTERNAL"
)

// codeOfStatus returns the code of a request that was refused before it was executed.
func codeOfStatus(status int) string {
	switch status {
	case http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong, http.StatusServiceUnavailable:
		return codeLimit
	}
	return codeBadInput
}

// present shows an error to a client: a sentence, a stable code, the request's id. What it does not know is INTERNAL:
// its text, which may name paths or keys, goes to the log alone.
func present(log *slog.Logger) graphql.ErrorPresenterFunc {
	return func(ctx context.Context, err error) *gqlerror.Error {
		shown := graphql.DefaultErrorPresenter(ctx, err)
		if shown.Extensions == nil {
			shown.Extensions = map[string]any{}
		}
		if id := requestID(ctx); id != "" {
			shown.Extensions["requestId"] = id
		}
		var ambiguous *query.AmbiguousError
		switch {
		case shown.Extensions["code"] == codeLimit:
		case errors.As(err, &ambiguous):
			shown.Extensions["code"] = codeAmbiguous
			shown.Extensions["candidates"] = candidates(ambiguous)
		case errors.Is(err, graph.ErrBadInput):
			shown.Extensions["code"] = codeBadInput
		case errors.Is(err, graph.ErrNotFound):
			shown.Extensions["code"] = codeNotFound
		case errors.Is(err, graph.ErrLimit):
			shown.Extensions["code"] = codeLimit
		case errors.Is(err, graph.ErrConflict):
			shown.Extensions["code"] = codeConflict
		case errors.Is(err, context.DeadlineExceeded):
			shown.Message = "the answer takes too long: ask for less, or with a narrower filter"
			shown.Extensions["code"] = codeLimit
		case errors.Is(err, context.Canceled):
			shown.Message = "the client has left"
			shown.Extensions["code"] = codeInternal
		case isRequestError(shown), !errors.Is(err, errPanic) && hasBadArguments(ctx):
			shown.Extensions["code"] = codeBadInput
		default:
			log.Error("request failed", "request", requestID(ctx), "path", shown.Path.String(), "error", err)
			shown.Message = "internal error"
			shown.Extensions["code"] = codeInternal
		}
		return shown
	}
}

// isRequestError tells whether gqlgen itself refused the query or its values.
func isRequestError(err *gqlerror.Error) bool {
	code, _ := err.Extensions["code"].(string)
	return code == errcode.ParseFailed || code == errcode.ValidationFailed || err.Rule != ""
}

// hasBadArguments tells whether the field that ctx is of failed before it was asked: its arguments, which are in the
// right form, make no sense (2022-02-30 as a Date).
func hasBadArguments(ctx context.Context) bool {
	field := graphql.GetFieldContext(ctx)
	return field != nil && field.Args == nil && field.Field.Field != nil && field.Field.Definition != nil && len(field.Field.Definition.Arguments) > 0
}

func candidates(e *query.AmbiguousError) []map[string]any {
	var out []map[string]any
	for _, c := range e.Candidates {
		out = append(out, map[string]any{"id": c.Data().ID, "label": c.Data().Label})
	}
	return out
}
