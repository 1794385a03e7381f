package main

import (
	"bytes"
	"fmt"
	"math"
)

// threshold is the log-odds from which on a string is more likely a name; genre.md §3.3(2) has how it was found.
const threshold = 2.5

// scores tell names from words by their characters: the log-odds of a character at its place in the dictionary's names
// against its share in the dictionary's words, the words weighted by their frequency.
type scores struct {
	surname, second, third counts // of names of three characters
	single                 counts // second character of names of two
	words                  counts
}

type counts struct {
	of    map[rune]int
	total int
}

func (c *counts) add(r rune, n int) {
	if c.of == nil {
		c.of = map[rune]int{}
	}
	c.of[r] += n
	c.total += n
}

const (
	maxWordWeight = 20000 // 的, 我 and their like must not hide all others
	alphabet      = 6000  // characters among which the unseen are smoothed
	nameSmoothing = 0.5
	wordSmoothing = 50
)

func newScores(words []word, surnames map[string][]string) *scores {
	s := &scores{}
	for _, w := range words {
		c := []rune(w.text)
		if !w.person() {
			for _, r := range c {
				s.words.add(r, min(w.freq, maxWordWeight))
			}
			continue
		}
		if _, ok := surnames[string(c[0])]; !ok || w.pos != "nr" {
			continue
		}
		switch len(c) {
		case 2:
			s.single.add(c[1], 1)
		case 3:
			s.surname.add(c[0], 1)
			s.second.add(c[1], 1)
			s.third.add(c[2], 1)
		}
	}
	return s
}

// of returns the log-odds of a character at a place.
func (s *scores) of(place counts, r rune) float64 {
	name := (float64(place.of[r]) + nameSmoothing) / (float64(place.total) + nameSmoothing*alphabet)
	word := (float64(s.words.of[r]) + wordSmoothing) / (float64(s.words.total) + wordSmoothing*alphabet)
	return math.Log(name / word)
}

// score returns the log-odds of a string of two or three characters.
func (s *scores) score(c []rune) float64 {
	if len(c) == 2 {
		return s.of(s.surname, c[0]) + s.of(s.single, c[1])
	}
	return s.of(s.surname, c[0]) + s.of(s.second, c[1]) + s.of(s.third, c[2])
}

// write writes a line for each character: tenths of log-odds as surname, second and third of three, second of two. The
// first line, of ?, is for every character that has none.
func (s *scores) write() []byte {
	all := map[rune]bool{}
	for _, c := range []counts{s.surname, s.second, s.third, s.single, s.words} {
		for r := range c.of {
			all[r] = true
		}
	}
	var b bytes.Buffer
	line := func(text string, r rune) {
		fmt.Fprint(&b, text)
		for _, place := range []counts{s.surname, s.second, s.third, s.single} {
			fmt.Fprintf(&b, "\t%d", int(math.Round(max(-12.7, min(12.7, s.of(place, r)))*10)))
		}
		fmt.Fprintln(&b)
	}
	line("?", 0)
	for _, r := range sortedKeys(all) {
		line(string(r), r)
	}
	return b.Bytes()
}
