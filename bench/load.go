package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"fangzhi/bench/workload"
)

// connections ask a server at the same time, each its next question when the last is answered.
const connections = 4

// longestAnswer bounds how long an answer is waited for behind the end of a round.
const longestAnswer = 30 * time.Second

// target is a server with the questions that it is asked.
type target struct {
	name     string
	server   *running
	requests [][]byte
	wants    []atomic.Uint64 // a hash of the answer to each, 0 until it is known
	next     atomic.Uint64

	loaded
	times   []float64
	seconds float64
	cpu     float64
}

// loaded is what a server did under load.
type loaded struct {
	Target   string
	Requests int
	QPS      float64
	P50, P99 float64 // ms
	CPU      float64 // ms of processor time of the server a request
	KB       float64 // of an answer
	// Refused answers have errors; FirstError is one of these.
	Refused    int
	FirstError string
	// Differing answers are not what the same question was answered before.
	Differing int
}

func newTarget(name string, server *running, document string, variables []map[string]any) (*target, error) {
	t := &target{name: name, server: server, wants: make([]atomic.Uint64, len(variables))}
	t.Target = name
	for _, v := range variables {
		body, err := json.Marshal(map[string]any{"query": document, "variables": v})
		if err != nil {
			return nil, err
		}
		head := fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n", anew, len(body))
		t.requests = append(t.requests, append([]byte(head), body...))
	}
	return t, nil
}

// anew is the line of a request that has its answer made anew, and not given from what is kept.
const anew = "Cache-Control: no-cache\r\n"

// again returns a target of the same questions that takes answers that are kept.
func (t *target) again() *target {
	again := &target{name: t.name + ", kept", server: t.server, wants: make([]atomic.Uint64, len(t.requests))}
	again.Target = again.name
	for _, request := range t.requests {
		again.requests = append(again.requests, bytes.Replace(request, []byte(anew), nil, 1))
	}
	return again
}

func questionTarget(w workload.Workload, server *running, questions []workload.Question) (*target, error) {
	var variables []map[string]any
	for _, q := range questions {
		variables = append(variables, w.Variables(q))
	}
	return newTarget(w.Name, server, w.Document, variables)
}

// run loads the server for a while; counted says whether it goes into the figures.
func (t *target) run(d time.Duration, counted bool) error {
	cpu := cpuSeconds(t.server.command.Process.Pid)
	start := time.Now()
	results := make([]connection, connections)
	var all sync.WaitGroup
	for i := range results {
		all.Go(func() { results[i].ask(t, start.Add(d)) })
	}
	all.Wait()
	took := time.Since(start).Seconds()
	cpu = cpuSeconds(t.server.command.Process.Pid) - cpu
	for i := range results {
		if err := results[i].err; err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if counted {
			t.count(&results[i])
		}
	}
	if counted {
		t.seconds += took
		t.cpu += cpu
	}
	return nil
}

func (t *target) count(c *connection) {
	t.times = append(t.times, c.times...)
	t.Requests += len(c.times)
	t.KB += float64(c.bytes) / 1024
	t.Refused += c.refused
	t.Differing += c.differing
	if t.FirstError == "" {
		t.FirstError = c.firstError
	}
}

// figures returns what all runs came to.
func (t *target) figures() loaded {
	out := t.loaded
	if n := float64(t.Requests); n > 0 {
		out.QPS, out.CPU, out.KB = n/t.seconds, t.cpu*1000/n, t.KB/n
	}
	_, out.P50, out.P99 = spread(t.times)
	return out
}

// connection is one of those that ask.
type connection struct {
	times              []float64
	bytes              int
	refused, differing int
	firstError         string
	err                error
}

func (c *connection) ask(t *target, until time.Time) {
	conn, err := net.Dial("tcp", t.server.address)
	if err != nil {
		c.err = err
		return
	}
	defer func() { c.err = cmp.Or(c.err, conn.Close()) }()
	if c.err = conn.SetDeadline(until.Add(longestAnswer)); c.err != nil {
		return
	}
	in := bufio.NewReaderSize(conn, 64<<10)
	var body bytes.Buffer
	for len(c.times) == 0 || time.Now().Before(until) { // once at least, however slow the machine
		at := int(t.next.Add(1)-1) % len(t.requests)
		began := time.Now()
		if c.err = exchange(conn, in, t.requests[at], &body); c.err != nil {
			return
		}
		c.times = append(c.times, milliseconds(time.Since(began)))
		c.bytes += body.Len()
		c.judge(t, at, body.Bytes())
	}
}

// exchange sends a request and reads the answer's body.
func exchange(conn net.Conn, in *bufio.Reader, request []byte, body *bytes.Buffer) error {
	if _, err := conn.Write(request); err != nil {
		return err
	}
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body.Reset()
	_, err = io.Copy(body, response.Body)
	return err
}

// judge tells whether the answer is one, and the same as before.
func (c *connection) judge(t *target, at int, answer []byte) {
	if bytes.Contains(answer, []byte(`"errors":[`)) {
		c.refused++
		if c.firstError == "" {
			if _, err := workload.Lines(answer); err != nil {
				c.firstError = err.Error()
			}
		}
		return
	}
	h := fnv.New64a()
	h.Write(answer)
	sum := h.Sum64() | 1 // never 0
	if !t.wants[at].CompareAndSwap(0, sum) && t.wants[at].Load() != sum {
		c.differing++
	}
}
