package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
)

// Every measurement is made in a process of its own: this program, called as "bench child NAME ARGUMENTS" with arguments in
// JSON, that prints what it saw in JSON.

// children are the measurements by name.
var children = map[string]func(arguments []byte) (any, error){
	"build":   child(build),
	"draw":    child(drawQuestions),
	"open":    child(opening),
	"badger":  child(bareBadger),
	"ask":     child(ask),
	"cold":    child(askCold),
	"change":  child(change),
	"loader":  child(measureLoader),
	"serve":   child(serve),
	"compare": child(agree),
}

func child[A, R any](do func(A) (R, error)) func([]byte) (any, error) {
	return func(arguments []byte) (any, error) {
		var a A
		if err := json.Unmarshal(arguments, &a); err != nil {
			return nil, err
		}
		return do(a)
	}
}

// runChild is what "bench child" does.
func runChild(args []string) error {
	if len(args) != 2 || children[args[0]] == nil {
		return fmt.Errorf("no measurement %q", args)
	}
	if name := os.Getenv("BENCH_PROFILE"); name != "" { // for whoever looks into one measurement
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	out, err := children[args[0]]([]byte(args[1]))
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// measureIn runs a measurement in a process of its own.
func measureIn[R any](name string, arguments any) (R, error) {
	var out R
	command, err := childCommand(name, arguments)
	if err != nil {
		return out, err
	}
	fmt.Fprintf(os.Stderr, "bench: %s %s\n", name, command.Args[3])
	command.Stderr = os.Stderr
	printed, err := command.Output()
	if err != nil {
		return out, fmt.Errorf("%s: %w", name, err)
	}
	if err := json.Unmarshal(printed, &out); err != nil {
		return out, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

func childCommand(name string, arguments any) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(arguments)
	if err != nil {
		return nil, err
	}
	return exec.Command(self, "child", name, string(text)), nil
}

// status returns a line of a process's status in MB, 0 where the system does not tell: VmHWM is the peak, VmRSS what it holds.
func status(pid, name string) float64 {
	b, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb / 1024
		}
	}
	return 0
}

// ticksPerSecond is what the kernel counts processor time in, on every platform that Go runs on.
const ticksPerSecond = 100

// cpuSeconds returns the processor time that a process has used, 0 where the system does not tell.
func cpuSeconds(pid int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	// The name of the program, in brackets, may hold anything; fields are counted behind it.
	fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / ticksPerSecond
}

// diskMB returns the size of the files in a folder.
func diskMB(dir string) (float64, error) {
	total := int64(0)
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		total += info.Size()
		return err
	})
	return float64(total) / mega, err
}
