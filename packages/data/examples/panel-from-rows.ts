import { addCalendar, batches, forecastWindows, readRows, walkForward, windows } from '@nt/data';

// Rows as an API gives them: two shops, newest first, numbers as texts.
const rows = ['north', 'south'].flatMap((shop, index) =>
  Array.from({ length: 60 }, (_, day) => ({
    shop,
    date: new Date(Date.UTC(2024, 0, 60 - day)),
    sales: String(100 * (index + 1) + ((60 - day) % 7)),
  })),
);

const panel = await readRows(rows, { id: 'shop', target: 'sales' });
console.log(panel.report.unsorted?.action, panel.ids, panel.report.frequency);

const set = addCalendar(panel, { features: ['dayOfWeek'], horizon: 7 });
for (const fold of walkForward(set, { folds: 2, testSize: 7 })) {
  const train = windows(set, { inputSize: 14, horizon: 7, ranges: fold.train });
  console.log(`train to day ${fold.train.ends[0]}: ${train.count} windows`);
}

for (const batch of batches(forecastWindows(set, { inputSize: 14, horizon: 7 }), { batchSize: 8 })) {
  console.log(`forecast ${batch.size} series from step ${batch.origins[0]}, last input ${batch.input[13]}`);
  console.log(`known ahead: [${batch.size}, 21, ${set.future?.names.length}] ${set.future?.names.join(', ')}`);
}
//> sorted by time [ 'north', 'south' ] day
//> train to day 46: 52 windows
//> train to day 53: 66 windows
//> forecast 2 series from step 60, last input 104
//> known ahead: [2, 21, 2] dayOfWeek.sin, dayOfWeek.cos
