package badgerstore

import "sync"

// cache keeps what was put of late, about twice room at most: two generations, of which the older goes when the younger is full.
type cache[K comparable, V any] struct {
	room int // weight of a generation

	mu         sync.Mutex
	young, old map[K]V // guarded by mu
	weight     int     // guarded by mu: of young
}

func newCache[K comparable, V any](room int) *cache[K, V] {
	return &cache[K, V]{room: room, young: map[K]V{}}
}

func (c *cache[K, V]) get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.young[key]
	if !ok {
		v, ok = c.old[key]
	}
	return v, ok
}

func (c *cache[K, V]) put(key K, v V, weight int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.weight += weight; c.weight > c.room {
		c.young, c.old, c.weight = map[K]V{}, c.young, weight
	}
	c.young[key] = v
}

func (c *cache[K, V]) drop(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.young, key)
	delete(c.old, key)
}
