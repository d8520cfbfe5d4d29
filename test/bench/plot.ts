import type { Row } from './comparison.js';

const WIDTH = 760;
const BAR = 26;
const GAP = 14;
const LEFT = 230;
const RIGHT = 130;
const TOP = 64;

/** The colours of the floor, of the gateway and of the others; all of them hold on light and on dark paper. */
const COLOURS = { floor: '#8a94a6', gateway: '#07a35a', other: '#4a7bd0' };

/** A bar for every server of one operation: processor time of the floor over its own, with the least and the most seen. */
export function plot(title: string, rows: readonly Row[]): string {
  const height = TOP + rows.length * (BAR + GAP) + 30;
  const most = Math.max(1, ...rows.map((row) => row.ofFloorCpu.max));
  const x = (ratio: number) => LEFT + (ratio / most) * (WIDTH - LEFT - RIGHT);
  const bars = rows.map(({ server, ofFloorCpu: { median, min, max }, cpu }, i) => {
    const y = TOP + i * (BAR + GAP);
    const colour = server.startsWith('floor')
      ? COLOURS.floor
      : server.startsWith('gateway')
        ? COLOURS.gateway
        : COLOURS.other;
    const middle = y + BAR / 2;
    return [
      `<text x="${LEFT - 12}" y="${middle + 5}" text-anchor="end">${escaped(server)}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${(x(median) - LEFT).toFixed(1)}" height="${BAR}" rx="3" fill="${colour}"/>`,
      `<path d="M${x(min).toFixed(1)} ${middle}H${x(max).toFixed(1)}" class="spread"/>`,
      `<text x="${(x(max) + 10).toFixed(1)}" y="${middle + 5}">${median.toFixed(2)} · ${cpu.median.toFixed(0)} µs</text>`,
    ].join('\n  ');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">
  <style>
    text { font: 14px system-ui, sans-serif; fill: #333a45 }
    .title { font-weight: 600; font-size: 16px }
    .note { font-size: 12px; fill: #6b7482 }
    .spread { stroke: #11151c; stroke-width: 2; stroke-opacity: .55 }
    @media (prefers-color-scheme: dark) { text { fill: #dfe4ec } .note { fill: #98a2b3 } .spread { stroke: #fff } }
  </style>
  <text x="20" y="26" class="title">${escaped(title)}</text>
  <text x="20" y="46" class="note">Longer is better: processor time of the floor over a server's own, in the same round. Right: CPU a request.</text>
  ${bars.join('\n  ')}
</svg>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
