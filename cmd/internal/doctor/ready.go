package doctor

import (
	"context"
	"fmt"
	"net/http"
)

// AskReady asks a running bot's /readyz.
func AskReady(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, neighbourTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("ask readiness: %w", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask readiness: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("ask readiness: %s", response.Status)
	}
	return nil
}
