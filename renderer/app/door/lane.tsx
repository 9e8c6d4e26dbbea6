/** A lane of old houses, in the tints of the theme: what the first screen shows beside the form. */
const HOUSES = [
  { x: 8, width: 96, wall: 128, roof: 34, doors: 1 },
  { x: 104, width: 120, wall: 164, roof: 42, doors: 2 },
  { x: 224, width: 92, wall: 118, roof: 32, doors: 1 },
  { x: 316, width: 116, wall: 148, roof: 40, doors: 2 },
] as const;
const GROUND = 300;

export function Lane() {
  return (
    <svg className="door-lane" viewBox="0 0 440 320" aria-hidden="true" focusable="false">
      <circle className="lane-sun" cx="344" cy="66" r="30" />
      {HOUSES.map(({ x, width, wall, roof, doors }) => {
        const top = GROUND - wall;
        const step = width / (doors + 1);
        return (
          <g key={x}>
            <rect className="lane-wall" x={x} y={top} width={width} height={wall} />
            <path
              className="lane-roof"
              d={`M${x - 6} ${top} L${x + width / 2} ${top - roof} L${x + width + 6} ${top} Z`}
            />
            {Array.from({ length: doors }, (_, door) => (
              <g key={door}>
                <rect
                  className="lane-window"
                  x={x + step * (door + 1) - 13}
                  y={top + 24}
                  width="26"
                  height="30"
                  rx="2"
                />
                <path
                  className="lane-frame"
                  d={`M${x + step * (door + 1)} ${top + 24} v30 M${x + step * (door + 1) - 13} ${top + 39} h26`}
                />
              </g>
            ))}
            <path className="lane-door" d={`M${x + width / 2 - 14} ${GROUND} v-38 a14 14 0 0 1 28 0 v38 Z`} />
          </g>
        );
      })}
      <path className="lane-trunk" d={`M222 ${GROUND} v-42`} />
      <path
        className="lane-tree"
        d="M222 196 c20 0 30 16 24 32 c8 16 -6 32 -24 32 s-32 -16 -24 -32 c-6 -16 4 -32 24 -32 Z"
      />
      <rect className="lane-ground" x="0" y={GROUND} width="440" height="6" rx="3" />
    </svg>
  );
}
