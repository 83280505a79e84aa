package localpart

import (
	"context"
	"errors"
	"strings"
)

// BaseURL is what an OpenAI client takes as base URL, where the part speaks that
// interface.
func (u *Use) BaseURL() string { return baseURL(u.Address()) }

// Serves is the Healthy of a part that speaks OpenAI's interface: it asks for the
// name of its one model, so that another program on the port is noticed.
func Serves(model string) func(ctx context.Context, address string) error {
	return func(ctx context.Context, address string) error {
		var models struct {
			Data []struct {
				ID string `json:"id"`
			} `json:"data"`
		}
		if err := GetJSON(ctx, baseURL(address)+"/models", &models); err != nil {
			return err
		}
		if len(models.Data) != 1 || !strings.Contains(models.Data[0].ID, model) {
			return errors.New("it still loads, or something else answers at " + address)
		}
		return nil
	}
}

func baseURL(address string) string { return address + "/v1" }
