package httperr_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"lvr.example/sprechstunde/retrieval/httperr"
)

func TestTheAddressIsDropped(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1/geheim?token=1", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		response.Body.Close()
		t.Fatal("a request that was called off is answered")
	}
	told := httperr.WithoutAddress(err)
	if strings.Contains(told.Error(), "geheim") || !errors.Is(told, context.Canceled) {
		t.Errorf("told: %v", told)
	}
	if other := errors.New("something else"); !errors.Is(httperr.WithoutAddress(other), other) {
		t.Error("an error of another kind is not told as it is")
	}
}
