package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/samples"
	"fangzhi/server"
	"fangzhi/web"
)

type serveCommand struct {
	DB          string   `name:"db" env:"FANGZHI_DB" placeholder:"DIR" help:"Folder of the embedded graph (default ./fangzhi.db)."`
	Listen      string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen (default ${default}); a taken port: the next free one."`
	Demo        bool     `help:"Load the bundled sample issues into a temporary graph first, which goes at exit."`
	Open        bool     `help:"Open the start page in a browser."`
	AllowHost   []string `placeholder:"NAME" help:"A name beside localhost under which the server may be called; needed to listen beyond this machine."`
	AllowOrigin []string `placeholder:"URL" help:"The origin of a page on another host that may ask."`
}

// Help is the example that --help shows.
func (serveCommand) Help() string {
	return "Examples:\n  fangzhi serve --demo\n  fangzhi serve --db /srv/fangzhi.db --listen 0.0.0.0:8080 --allow-host chronicle.example.org"
}

// Times of a stop: requests get stopTime to end, so that the process has gone within 10 s.
const stopTime = 8 * time.Second

// Run serves until ctx ends.
func (c *serveCommand) Run(ctx context.Context, io *console) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(io.errs, nil))
	db := database{DB: c.DB}
	if c.Demo {
		if db.DB, err = os.MkdirTemp("", "fangzhi-demo-"); err != nil {
			return fmt.Errorf("make a temporary graph: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(db.DB)) }()
	} else if db.DB == "" {
		db.DB = "./fangzhi.db"
	}
	store, err := db.open(!c.Demo)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if c.Demo {
		if err := loadSamples(ctx, store, log); err != nil {
			return err
		}
	}
	listener, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	handler := server.New(server.Config{
		Store: store, Log: log, AllowHosts: c.AllowHost, AllowOrigins: c.AllowOrigin, Demo: c.Demo, Version: version(),
	})
	c.announce(io, listener.Addr())
	return serveUntil(ctx, listener, handler)
}

// check refuses flags that contradict each other, before anything is opened.
func (c *serveCommand) check() error {
	if c.Demo && c.DB != "" && c.DB != os.Getenv("FANGZHI_DB") { // the environment names a graph for other commands
		return wrong("--demo makes a temporary graph of its own: leave out --db")
	}
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return wrong("--listen is HOST:PORT like 127.0.0.1:8080, not %s", c.Listen)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return wrong("--listen: %s is no port", port)
	}
	ip := net.ParseIP(host)
	if host != "localhost" && (ip == nil || !ip.IsLoopback()) && len(c.AllowHost) == 0 {
		return wrong("%s can be reached from other machines, where everybody may read: say under which name with --allow-host", c.Listen)
	}
	for _, origin := range c.AllowOrigin {
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(origin); err != nil {
			return wrong("--allow-origin is SCHEME://HOST[:PORT]: %v", err)
		}
	}
	return nil
}

// loadSamples brings the bundled issues in.
func loadSamples(ctx context.Context, store graph.Store, log *slog.Logger) error {
	in := ingest.Ingester{Store: store, Now: time.Now, Log: log}
	for _, f := range samples.Files() {
		documents, err := loader.Read(f.Name, f.Text, loader.Options{})
		if err != nil {
			return err
		}
		for i := range documents {
			if _, err := in.Load(ctx, &documents[i], graph.LoadOptions{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// portsTried bounds the search for a free port.
const portsTried = 100

// listen takes the address, or the next free port after it.
func listen(ctx context.Context, address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	first, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	for n := first; n < first+portsTried && n <= 65535; n++ {
		listener, tried := config.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(n)))
		if tried == nil {
			return listener, nil
		}
		err = tried
		if !isTaken(tried) {
			break
		}
	}
	return nil, fmt.Errorf("listen on %s: %w", address, err)
}

func (c *serveCommand) announce(io *console, at net.Addr) {
	url := "http://" + at.String()
	if host, port, err := net.SplitHostPort(at.String()); err == nil && net.ParseIP(host).IsUnspecified() && len(c.AllowHost) > 0 {
		url = "http://" + net.JoinHostPort(c.AllowHost[0], port)
	}
	if _, port, _ := net.SplitHostPort(c.Listen); port != "0" && !hasPort(at, port) {
		fmt.Fprintf(io.out, "port %s is taken\n", port)
	}
	fmt.Fprintf(io.out, "start page   %s/\nplayground   %s/playground\nAPI          %s/graphql\n\nA first query to paste:\n\n%s\n",
		url, url, url, web.FirstQuery)
	if c.Open {
		openBrowser(url + "/")
	}
}

func hasPort(at net.Addr, port string) bool {
	_, got, err := net.SplitHostPort(at.String())
	return err == nil && got == port
}

// openBrowser starts the desktop's browser; where there is none, the printed address is enough.
func openBrowser(url string) {
	opener := map[string]string{"darwin": "open", "windows": "explorer"}[runtime.GOOS]
	if opener == "" {
		opener = "xdg-open"
	}
	command := exec.Command(opener, url)
	if command.Start() == nil {
		go func() { _ = command.Wait() }()
	}
}

// serveUntil serves until ctx ends, then lets the requests at hand finish.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	s := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 64 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := s.Shutdown(stop); err != nil {
		_ = s.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
