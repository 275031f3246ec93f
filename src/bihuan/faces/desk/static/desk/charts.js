// Charts drawn from the figures that the server put into the page (#figures); each has its table.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const charts = new Map();

// Late ones are striped too, so that nobody has to tell red from green.
const STRIPES = { color: "rgba(255, 255, 255, 0.45)", dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 4 };
const SERIES = ["accent", "info", "warn", "danger", "ok", "quiet"];

function axis(extra = {}) {
  return {
    axisLine: { lineStyle: { color: colour("line-strong") } }, axisTick: { show: false },
    axisLabel: { color: colour("ink-soft"), fontSize: 12 }, splitLine: { lineStyle: { color: colour("line") } }, ...extra,
  };
}

// The tooltip is drawn on the canvas: one made of HTML would need inline styles, which the policy forbids.
function option({ kind, labels, series }, none) {
  const flat = kind === "bars";
  const names = axis({ type: "category", data: labels, inverse: flat, axisLabel: { color: colour("ink"), fontSize: 12, ...(flat ? { interval: 0, width: 108, overflow: "truncate" } : {}) }, splitLine: { show: false } });
  const values = axis({ type: "value", minInterval: 1, axisLine: { show: false } });
  return {
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 300,
    title: { show: !labels.length, text: none, left: "center", top: "middle", textStyle: { color: colour("ink-soft"), fontSize: 14, fontWeight: "normal" } },
    color: series.map(({ tone }, i) => colour(tone || SERIES[i % SERIES.length])),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 4, right: 20, top: series.length > 1 ? 36 : 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { show: series.length > 1, top: 0, left: 0, textStyle: { color: colour("ink") }, itemWidth: 18, itemHeight: 10 },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: kind === "lines" ? "line" : "shadow" },
      backgroundColor: colour("surface"), borderColor: colour("line-strong"), textStyle: { color: colour("ink") } },
    xAxis: { show: labels.length > 0, ...(flat ? values : names) },
    yAxis: { show: labels.length > 0, ...(flat ? names : values) },
    series: series.map(({ name, values: data, tone }, i) => (kind === "lines"
      ? { name, data, type: "line", smooth: 0.2, symbol: ["circle", "rect", "triangle"][i % 3], symbolSize: 7,
          lineStyle: { width: 2.5, type: i ? "dashed" : "solid" }, areaStyle: i === 0 ? { opacity: 0.1 } : undefined }
      : { name, data, type: "bar", stack: flat ? "all" : undefined, barMaxWidth: 18,
          itemStyle: { decal: tone === "danger" ? STRIPES : undefined } })),
  };
}

export function draw() {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  for (const [name, figure] of Object.entries(figures)) {
    const box = document.querySelector(`[data-chart="${name}"]`);
    if (!box) continue;
    if (!charts.has(name)) charts.set(name, window.echarts.init(box, null, { renderer: "canvas" }));
    charts.get(name).setOption(option(figure, box.dataset.none), { notMerge: true });
    box.dataset.drawn = "yes";
  }
}

function fit() { charts.forEach((chart) => chart.resize()); }

export function start() {
  document.addEventListener("bihuan:theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  new ResizeObserver(fit).observe(document.querySelector("[data-chart]").parentElement.parentElement);
  addEventListener("beforeprint", fit);
  draw();
}
