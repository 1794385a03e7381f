//go:build !linux

package badgerstore

// releaseTables does nothing: what pages of files a process has mapped is for the system to say.
func (s *Store) releaseTables() {}
