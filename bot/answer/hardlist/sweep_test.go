package hardlist
import ("testing";"slices";"os")
func TestSweep(t *testing.T){
 if os.Getenv("SWEEP")=="" {t.Skip()}
 ex,_ := parseExamples("examples.txt", examplesText)
 rs,err := parseRules("r",rulesText); if err!=nil {t.Fatal(err)}
 dev := readLabelled(t,"/work/sets/hardlist-hard-dev.jsonl")
 xq := readLabelled(t,"/tmp/hard-xquad.jsonl")
 act := map[string]bool{}; for _,q := range readLabelled(t,"/tmp/hard-dialog-other.jsonl") { act[q.Text]=true }
 run := func(name string){
  const folds=5
  var ho, ac, hp []float64
  for fold := range folds { train:=&examples{kinds:ex.kinds}; var test []example
   for i,e := range ex.all { if i%folds==fold {test=append(test,e)} else {train.all=append(train.all,e)} }
   l:=learn(rs,train)
   for _,e := range test { r:=rs.read(e.text); p:=1-l.probabilities(r)[classOrdinary]; if _,x:=rs.check(r); x {p=1}
    switch { case e.topic!=ordinary: hp=append(hp,p); case act[e.text]: ac=append(ac,p); default: ho=append(ho,p)} } }
  l:=learn(rs,ex); var dp, xp []float64
  for _,q := range dev { r:=rs.read(q.Text); p:=1-l.probabilities(r)[classOrdinary]; if _,x:=rs.check(r); x {p=1}; dp=append(dp,p)}
  for _,q := range xq { r:=rs.read(q.Text); p:=1-l.probabilities(r)[classOrdinary]; if _,x:=rs.check(r); x {p=1}; xp=append(xp,p)}
  at := func(ps []float64, c float64) float64 { n:=0; for _,p := range ps { if p>=c {n++} }; return 100*float64(n)/float64(len(ps)) }
  slices.Sort(ho)
  for _, q := range []float64{0.02,0.04} { c:=ho[int(float64(len(ho))*(1-q))]
  t.Logf("%s: cut %.2f ordinary %.1f acts %.1f cv-hard %.1f dev %.1f xquad %.1f", name, c, at(ho,c), at(ac,c), at(hp,c), at(dp,c), at(xp,c)) }
 }
 run("base")
 set := func(name string, p *float64, v float64){ o:=*p; *p=v; run(name); *p=o }
 set("nokind",&byKind,0); set("kind2.5",&byKind,2.5); set("kindpair0",&byKindPair,0); set("kindpair1.2",&byKindPair,1.2)
 set("gram.7",&byGram,0.7); set("gram0",&byGram,0); set("pair.3",&byPair,.3); set("pair0",&byPair,0)
 set("scale2",&scale,2); set("scale8",&scale,8); set("shrink.003",&shrink,.003); set("shrink.0002",&shrink,.0002); set("hw2",&hardWeight,2)
 gramN=3; run("gram3"); gramN=5; run("gram5")
}
