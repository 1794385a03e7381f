package main

import (
	"errors"
	"syscall"
)

// isTaken tells whether an address is in use by someone else.
func isTaken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
