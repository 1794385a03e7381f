package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"fangzhi/bench/corpus"
)

// parseWay reads the flag.
func (s *settings) parseWay(text string) error {
	ways := map[string]way{"command": byCommand, "ingest": byIngest, "batches": byBatches}
	w, ok := ways[text]
	if !ok {
		return errors.New("it is command, ingest or batches")
	}
	s.way = w
	return nil
}

// chooseWay builds the command where graphs are made by it, or may be.
func (s *settings) chooseWay() error {
	if s.way != "" && s.way != byCommand {
		return nil
	}
	s.command = filepath.Join(s.work, "fangzhi")
	if out, err := exec.Command("go", "build", "-o", s.command, "fangzhi/cmd/fangzhi").CombinedOutput(); err != nil {
		return fmt.Errorf("build the command: %w: %s", err, out)
	}
	if exec.Command(s.command, "import", "--help").Run() == nil {
		s.way = byCommand
		return nil
	}
	if s.way == byCommand {
		return errors.New("the command has no import")
	}
	s.way = byBatches
	return nil
}

// looksEach is how often the memory of an import is looked at.
const looksEach = 50 * time.Millisecond

// importCorpus writes the corpus and has the command import it; what is measured is the command.
func importCorpus(p place, s settings) (built, error) {
	out := built{Way: byCommand}
	defer os.RemoveAll(p.corpus())
	if err := writeFile(p); err != nil {
		return out, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.importLimit)
	defer cancel()
	command := exec.CommandContext(ctx, s.command, "import", "--db", p.graph(), p.corpus())
	command.Stderr = os.Stderr
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) } // it finishes what it acknowledged
	command.WaitDelay = time.Minute
	fmt.Fprintf(os.Stderr, "bench: import %d\n", p.Events)
	start := time.Now()
	if err := command.Start(); err != nil {
		return out, err
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	pid := strconv.Itoa(command.Process.Pid)
	var err error
	for looking := time.NewTicker(looksEach); ; {
		out.Peak, out.Anonymous = max(out.Peak, status(pid, "VmHWM")), max(out.Anonymous, status(pid, "RssAnon"))
		select {
		case err = <-ended:
			looking.Stop()
		case <-looking.C:
			continue
		}
		break
	}
	if err != nil && ctx.Err() == nil {
		return out, fmt.Errorf("import: %w", err)
	}
	out.Seconds = time.Since(start).Seconds()
	out.CPU = (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds()
	out.Disk, err = diskMB(p.graph())
	return out, err
}

func writeFile(p place) (err error) {
	f, err := os.Create(p.corpus())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return corpus.New(p.Events, seed).Write(f)
}
