// Package fangzhi holds what the program says of itself: its version and the licences of what is inside.
package fangzhi

import (
	_ "embed"

	"fangzhi/web"
)

// Version is the version that is being written.
const Version = "0.1.0"

//go:embed LICENSE
var license string

//go:embed NOTICE
var notice string

// Licenses returns the program's own licence, and those of every table, file and library inside it.
func Licenses() string { return notice + "\n" + web.Licenses() + "\n" + license }
