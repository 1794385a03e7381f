package dates

// signs are what the words around a date say of it.
type signs struct {
	asOf        bool // 截至2020年12月: the end of what is counted
	since       bool // 2020年以来, 12月1日起
	from        bool // 自10月15日拉开帷幕: the start of something longer
	until       bool // 持续到12月31日
	deadline    bool // 12月31日前
	planned     bool // 将于1月25日举行
	about       bool // 关于
	speech      bool // in what somebody says: 强调，12月31日是…
	clauseStart bool // the date opens its clause
}

var (
	asOfWords = words("截至到", "截止到", "截至", "截止") // 截止 is a frequent misspelling of 截至
	fromWords = words("自从", "自", "从")

	// notFrom end in 自 or 从 and are other words.
	notFrom = words("来自", "亲自", "各自", "独自", "私自", "源自", "出自", "服从", "遵从", "听从", "跟从")

	sinceWords = words("之日起", "以来", "至今", "起")

	// notSince begin with 起 and are other words: 12月4日起草了….
	notSince = words("起草", "起义", "起步", "起重", "起火", "起诉", "起飞", "起获", "起到", "起降", "起运", "起吊")

	endWords      = words("结束", "截止") // behind a date
	untilWords    = words("持续到", "持续至", "延续到", "延续至", "延长至", "直到", "直至", "截", "止于", "至", "到")
	deadlineWords = words("之前", "以前", "前")

	// notDeadlines begin with 前 and are other words: 12月4日前往….
	notDeadlines = words("前往", "前来", "前去", "前夕", "前后", "前期", "前述", "前线", "前任")

	// plannedBefore and plannedAfter say, in the clause of a date, that it lies ahead.
	plannedBefore = words("将于", "将在", "将从", "将自", "拟", "计划", "预计", "力争", "争取", "确保", "定于", "即将", "务必", "届时", "下一步", "将持续", "将延续", "将一直")
	plannedAfter  = words("起施行", "起实施", "起执行", "起正式", "起生效")

	// plannedVerbs follow 将 where it means 会; elsewhere it means 把: 12月4日将物资送到….
	plannedVerbs = words("将举行", "将召开", "将举办", "将开展", "将开始", "将启动", "将正式", "将迎来", "将全面", "将继续", "将组织", "将进行", "将实施", "将投入",
		"将建成", "将竣工", "将开工", "将完成", "将实现", "将在", "将于", "将对", "将有", "将是", "将为", "将达", "将陆续", "将逐步", "将统一")

	startWord = words("开始")
	aboutWord = words("关于")

	speechWords = words("指出", "强调", "表示")
)

// govern sets the signs of a mention and the words of the body that are shown for it.
func (m *mention) govern() {
	l, first, last := m.line, m.first, m.last
	start, end := first, last
	s := &m.signs
	clause, clauseEnd := l.clause(first)
	sentence, _ := l.sentence(first)
	if clause < l.lead && first >= l.lead {
		clause = l.lead
	}

	fromLength := 0
	if l.before(first, notFrom) == 0 {
		fromLength = l.before(first, fromWords)
	}
	s.from = fromLength > 0 && m.shape == single
	if n := l.before(first, asOfWords); n > 0 {
		s.asOf = true
		start -= n
	} else {
		s.until = l.before(first, untilWords) > 0 || l.after(last, endWords) > 0
	}
	n := 0
	if !l.gap(last) { // 4日  起草 is no start, nor 4日  前往 an end
		n = l.after(last, sinceWords)
	}
	if s.from && n == 0 {
		n = l.after(last, startWord) // alone it is a verb: 12月1日开始排查
	}
	if n > 0 && l.after(last, notSince) == 0 && !s.asOf && !s.until {
		s.since = true
		end += n
		if s.from {
			start -= fromLength
		}
	}
	s.clauseStart = clause == first-fromLength
	if n := l.after(last, deadlineWords); n > 0 && !l.gap(last) && l.after(last, notDeadlines) == 0 && !s.asOf {
		s.deadline = true
	}
	s.about = l.before(first, aboutWord) > 0
	s.speech = l.contains(sentence, first, speechWords)
	s.planned = l.contains(clause, first, plannedBefore) || l.contains(last, min(last+4, clauseEnd), plannedAfter) ||
		l.contains(last, min(last+6, clauseEnd), plannedVerbs)

	m.shown = l.span(start, end)
}

// future tells whether the date lies ahead of the time of writing, as far as words say so.
func (m *mention) future() bool { return m.signs.planned || m.signs.deadline }

// worthMentioning tells whether the date is one that a reader looks for beside the event's own. A month
// or a quarter without a year and without a word that makes a date of it is a topic: 11月份经济形势分析会.
func (m *mention) worthMentioning() bool {
	s := m.signs
	switch {
	case m.from.hasYear, m.from.word != noWord, m.fixed.String() != "XXXX", m.from.day > 0, m.shape == ranged:
		return true
	case m.form == formMonth:
		return m.from.edge != whole || s.asOf || s.since || s.from || s.until || s.deadline || s.clauseStart && m.line.rune(m.last) == ','
	case m.form == formQuarter:
		return s.asOf || s.clauseStart && m.line.rune(m.last) == ','
	default:
		return true
	}
}

// statistical tells whether the sentence counts what was done in the period that the date names.
func (m *mention) statistical() bool {
	_, end := m.line.sentence(m.first)
	return m.line.contains(m.last, end, statisticWords)
}

var statisticWords = words("同比", "增长", "下降", "收入", "产值", "亿元", "万元", "累计", "增速", "投资", "总额", "%")

// inSentence tells whether the sentence of the mention has one of words.
func (m *mention) inSentence(words *wordList) bool {
	start, end := m.line.sentence(m.first)
	return m.line.contains(start, end, words)
}
