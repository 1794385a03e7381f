package badgerstore

import "sync"

// cache keeps what was put or asked for of late, about twice room at most: two generations, of which the older goes when the younger is
// full.
type cache[K comparable, V any] struct {
	room int // weight of a generation

	mu         sync.Mutex
	young, old map[K]weighed[V] // guarded by mu
	weight     int              // guarded by mu: of young
}

type weighed[V any] struct {
	v      V
	weight int32
}

func newCache[K comparable, V any](room int) *cache[K, V] {
	return &cache[K, V]{room: room, young: map[K]weighed[V]{}}
}

func (c *cache[K, V]) get(key K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.find(key)
}

// getMany calls found with the place of each of the keys that is kept, and what is kept of it.
func (c *cache[K, V]) getMany(keys []K, found func(i int, v V)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, key := range keys {
		if v, ok := c.find(key); ok {
			found(i, v)
		}
	}
}

// find is get for who holds mu. What is asked for is young again.
func (c *cache[K, V]) find(key K) (V, bool) {
	e, ok := c.young[key]
	if !ok {
		if e, ok = c.old[key]; ok {
			c.add(key, e)
		}
	}
	return e.v, ok
}

func (c *cache[K, V]) put(key K, v V, weight int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(key, weighed[V]{v, int32(min(weight, c.room+1))})
}

// add is put for who holds mu.
func (c *cache[K, V]) add(key K, e weighed[V]) {
	if c.weight += int(e.weight - c.young[key].weight); c.weight > c.room {
		c.young, c.old, c.weight = map[K]weighed[V]{}, c.young, int(e.weight)
	}
	c.young[key] = e
}

func (c *cache[K, V]) drop(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.weight -= int(c.young[key].weight)
	delete(c.young, key)
	delete(c.old, key)
}
