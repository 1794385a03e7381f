package lexicon

import (
	"sort"
	"strings"
	"sync"
)

// nameLikeWords unpacks name-like.txt at the first call. It has three lines, the words of two, three and four
// characters, sorted and without separators: every character takes three bytes, so that each line is an array.
var nameLikeWords = sync.OnceValue(loadNameLikeWords)

func loadNameLikeWords() [3]string {
	var lines [3]string
	copy(lines[:], strings.Split(mustUnpack("name-like.txt.gz"), "\n"))
	return lines
}

// NameLikeWord reports whether s is a word of two to four characters that begins with a surname and is no person's
// name: 高度, 和谐, 康复, 常委会. It is a veto for what stands without a title before it. After a title it is none:
// people are called 文献, 高峰, 安全. A few names of the famous are in the table by mistake of its sources.
func NameLikeWord(s string) bool {
	n := len(s) / 3
	if len(s)%3 != 0 || n < 2 || n > 4 {
		return false
	}
	line := nameLikeWords()[n-2]
	i := sort.Search(len(line)/len(s), func(i int) bool { return line[i*len(s):(i+1)*len(s)] >= s })
	return i < len(line)/len(s) && line[i*len(s):(i+1)*len(s)] == s
}

// NameLikePrefix returns the code points of the longest NameLikeWord that s begins with, 0 if there is none. In
// 高度重视 it is 4, which shows that 高度重 is no name.
func NameLikePrefix(s []rune) int {
	for n := min(4, len(s)); n >= 2; n-- {
		if NameLikeWord(string(s[:n])) {
			return n
		}
	}
	return 0
}
