package server

// ExecutorAlone returns the config of a server whose lists are all written by gqlgen's executor.
func ExecutorAlone(c Config) Config {
	c.executorAlone = true
	return c
}
