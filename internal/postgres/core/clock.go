package core

// SinceTick reads how many seconds ago the clocks were looked at; null: never yet.
const SinceTick = `select extract(epoch from clock_timestamp() - last_tick_at)::float8 as since_tick from clock`
