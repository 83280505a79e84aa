package office

import (
	"strings"

	"lvr.example/sprechstunde/ingest/extract"
)

// formula writes an equation as LaTeX, the only notation in one line that people
// and programs both read: \frac{a+b}{c}.
func formula(n *extract.Node) string {
	var out strings.Builder
	writeFormula(&out, n)
	return strings.TrimSpace(out.String())
}

func writeFormula(out *strings.Builder, n *extract.Node) {
	if n == nil {
		return
	}
	part := func(name string) string { return formula(n.Child(name)) }
	switch n.Name {
	case "m:t":
		out.WriteString(latex.Replace(n.Content()))
	case "m:f":
		out.WriteString(`\frac{` + part("m:num") + "}{" + part("m:den") + "}")
	case "m:sSup":
		out.WriteString(part("m:e") + "^{" + part("m:sup") + "}")
	case "m:sSub":
		out.WriteString(part("m:e") + "_{" + part("m:sub") + "}")
	case "m:sSubSup":
		out.WriteString(part("m:e") + "_{" + part("m:sub") + "}^{" + part("m:sup") + "}")
	case "m:sPre":
		out.WriteString("{}_{" + part("m:sub") + "}^{" + part("m:sup") + "}" + part("m:e"))
	case "m:limLow":
		out.WriteString(part("m:e") + "_{" + part("m:lim") + "}")
	case "m:limUpp":
		out.WriteString(part("m:e") + "^{" + part("m:lim") + "}")
	case "m:func":
		out.WriteString(functionName(part("m:fName")) + "(" + part("m:e") + ")")
	case "m:rad":
		root := `\sqrt`
		if degree := part("m:deg"); degree != "" {
			root += "[" + degree + "]"
		}
		out.WriteString(root + "{" + part("m:e") + "}")
	case "m:nary":
		out.WriteString(sumSign(n) + "_{" + part("m:sub") + "}^{" + part("m:sup") + "}" + part("m:e"))
	case "m:d":
		out.WriteString(inBrackets(n))
	case "m:m":
		out.WriteString(`\begin{matrix}` + strings.Join(formulas(n, "m:mr"), `\\`) + `\end{matrix}`)
	case "m:mr":
		out.WriteString(strings.Join(formulas(n, "m:e"), "&"))
	case "m:ctrlPr", "m:rPr", "w:rPr":
	default:
		for _, c := range n.Children {
			writeFormula(out, c)
		}
	}
}

func formulas(n *extract.Node, name string) []string {
	var parts []string
	for _, c := range n.Children {
		if c.Name == name {
			parts = append(parts, formula(c))
		}
	}
	return parts
}

// inBrackets writes what stands between brackets that grow with it.
func inBrackets(n *extract.Node) string {
	open, end := `\left(`, `\right)`
	props := n.Child("m:dPr")
	if c := props.Child("m:begChr"); c != nil {
		open = `\left` + orDot(c.Attr("val"))
	}
	if c := props.Child("m:endChr"); c != nil {
		end = `\right` + orDot(c.Attr("val"))
	}
	return open + strings.Join(formulas(n, "m:e"), "|") + end
}

func orDot(bracket string) string {
	switch bracket {
	case "":
		return "."
	case "{", "}":
		return `\` + bracket
	}
	return bracket
}

// sumSign returns the sign of a sum, product or integral.
func sumSign(n *extract.Node) string {
	if sign := n.Child("m:naryPr", "m:chr").Attr("val"); sign != "" {
		return strings.TrimSpace(latex.Replace(sign))
	}
	return `\int`
}

// functionName writes the names that LaTeX knows.
func functionName(name string) string {
	switch bare, rest, _ := strings.Cut(name, "_"); strings.TrimSpace(bare) {
	case "sin", "cos", "tan", "cot", "log", "ln", "exp", "lim", "max", "min", "det":
		if rest != "" {
			return `\` + strings.TrimSpace(bare) + "_" + rest
		}
		return `\` + strings.TrimSpace(bare)
	}
	return name
}

var latex = strings.NewReplacer(
	"π", `\pi `, "∞", `\infty `, "×", `\times `, "·", `\cdot `, "±", `\pm `, "∑", `\sum `, "∏", `\prod `, "∫", `\int `,
	"α", `\alpha `, "β", `\beta `, "γ", `\gamma `, "δ", `\delta `, "ϵ", `\epsilon `, "ε", `\varepsilon `, "η", `\eta `,
	"θ", `\theta `, "λ", `\lambda `, "μ", `\mu `, "ρ", `\rho `, "σ", `\sigma `, "τ", `\tau `, "φ", `\varphi `, "ω", `\omega `,
	"Δ", `\Delta `, "Σ", `\Sigma `, "Ω", `\Omega `, "≤", `\leq `, "≥", `\geq `, "≠", `\neq `, "≈", `\approx `, "→", `\to `,
	"∈", `\in `, "∂", `\partial `, "√", `\sqrt `, "…", `\ldots `,
)
