// Package httperr says what an error of a request may tell. It is ground floor like
// pacing: sources of documents, the chat and the calendar all ask servers, and those
// halves of the house meet nowhere higher. Whether to ask again is up to the caller.
package httperr

import (
	"errors"
	"net/url"
)

// WithoutAddress drops the address from the error of a request: it may hold
// parameters, secrets, or ids and names of people, and whoever reads the error is
// told anyway what was asked for.
func WithoutAddress(err error) error {
	if request, ok := errors.AsType[*url.Error](err); ok {
		return request.Err
	}
	return err
}
