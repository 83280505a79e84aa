package mmlocal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"lvr.example/sprechstunde/retrieval/localpart"
)

// Options say which database the server uses and where it keeps the rest.
type Options struct {
	DataDir  string    // "" means what localpart.Resolve finds
	DSN      string    // a PostgreSQL database of its own
	Port     int       // of 127.0.0.1; 0 keeps the one of the last time, or takes a free one
	Progress io.Writer // nil is told nothing
}

// Server is one user's hold on a running server. Close gives it up.
type Server struct {
	use *localpart.Use
	dir string
	dsn string
}

// Start starts the server of the data directory, or joins the one that runs. On
// first use it builds the server, which takes some minutes.
func Start(ctx context.Context, o Options) (*Server, error) {
	return start(ctx, o, "main")
}

func start(ctx context.Context, o Options, room string) (*Server, error) {
	dataDir, err := localpart.Resolve(o.DataDir)
	if err != nil {
		return nil, err
	}
	home, err := build(ctx, dataDir, o.Progress)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(dataDir, "mattermost", room)
	if err := furnish(dir, home); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s := &Server{dir: dir, dsn: o.DSN}
	err = localpart.Step(o.Progress, name, "starting", func() error {
		s.use, err = localpart.Join(ctx, localpart.Service{
			Name:     name,
			Dir:      dir,
			Port:     o.Port,
			Command:  func(port int) (*exec.Cmd, error) { return serve(home, dir, o.DSN, port), nil },
			Healthy:  healthy,
			Stop:     syscall.SIGTERM,
			Patience: 5 * time.Minute, // the first start fills the database
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// URL is the server's address.
func (s *Server) URL() string { return siteURL(s.use.Port()) }

// Watch keeps the server running, as [localpart.Use.Watch] does.
func (s *Server) Watch(ctx context.Context, told func(name string)) error {
	return s.use.Watch(ctx, told)
}

// Close gives the server up; the last user's Close stops it.
func (s *Server) Close() error { return s.use.Close() }

// Stop ends the server in order and keeps its data; Resume starts it again.
func (s *Server) Stop() error { return s.use.Halt(syscall.SIGTERM) }

// Kill ends the server as a crash does; Resume starts it again.
func (s *Server) Kill() error { return s.use.Halt(syscall.SIGKILL) }

// Resume starts a server that was stopped or killed, at the same address.
func (s *Server) Resume(ctx context.Context) error { return s.use.Resume(ctx) }

// furnish makes the folder that the server runs in. It finds its assets by name in
// its working directory.
func furnish(dir, home string) error {
	for _, folder := range []string{"config", "logs", "data", "plugins", "client"} {
		if err := localpart.MakeDir(filepath.Join(dir, folder)); err != nil {
			return err
		}
	}
	for _, asset := range assets {
		link := filepath.Join(dir, asset)
		target := filepath.Join(home, asset)
		if now, err := os.Readlink(link); err == nil && now == target {
			continue
		}
		if err := os.RemoveAll(link); err != nil {
			return err
		}
		if err := os.Symlink(target, link); err != nil && !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return nil
}

func serve(home, dir, dsn string, port int) *exec.Cmd {
	cmd := exec.Command(filepath.Join(home, "mattermost"), "server") //nolint:noctx // it outlives the call that starts it
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), settings(dir, dsn, port)...)
	return cmd
}

func healthy(ctx context.Context, port int) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, siteURL(port)+"/api/v4/system/ping", nil)
	if err != nil {
		return err
	}
	resp, err := direct.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %s", resp.Status)
	}
	return nil
}

// direct keeps no connection open: it only asks now and then.
var direct = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

func siteURL(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }
