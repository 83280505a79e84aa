package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// State is what a terminal client must know of a running demo.
type State struct {
	URL      string   `json:"url"`
	Team     string   `json:"team"`
	Bot      string   `json:"bot"` // user name
	Channel  string   `json:"channel"`
	People   []Person `json:"people"`
	Model    string   `json:"model,omitempty"` // as model.url names it
	ServerID int      `json:"pid"`             // of the process that runs the demo
}

// Person is one account of the demo.
type Person struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Role     string `json:"role"`
}

// errNoDemo says that no demo runs on this data folder.
var errNoDemo = errors.New("no demo is running here; start one with: make demo")

// The state is true while the process that wrote it holds the lock: a copy of the
// data folder has the state and no demo.
const (
	stateFile = "demo.json"
	stateLock = "demo.lock"
)

// save writes the state so that only its owner may read the passwords. It is true
// until the lock is released.
func (s State) save(ctx context.Context, dir string) (*localpart.Lock, error) {
	lock, err := localpart.Share(ctx, filepath.Join(dir, stateLock))
	if err == nil {
		err = s.write(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("save demo state: %w", err)
	}
	return lock, nil
}

func (s State) write(dir string) error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, stateFile), data, 0o600)
}

// LoadState reads the state of the demo that runs on the data folder.
func LoadState(dir string) (State, error) {
	data, err := os.ReadFile(filepath.Join(dir, stateFile))
	if errors.Is(err, os.ErrNotExist) || err == nil && !localpart.Held(filepath.Join(dir, stateLock)) {
		return State{}, errNoDemo
	}
	if err != nil {
		return State{}, fmt.Errorf("load demo state: %w", err)
	}
	var s State
	if err := json.Unmarshal(data, &s); err != nil {
		return State{}, fmt.Errorf("load demo state: %w", err)
	}
	return s, nil
}

// Person returns the account with the given name.
func (s State) Person(name string) (Person, error) {
	for _, p := range s.People {
		if p.Name == name {
			return p, nil
		}
	}
	return Person{}, fmt.Errorf("the demo has no user %q", name)
}
