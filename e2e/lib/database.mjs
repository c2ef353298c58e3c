import pg from 'pg';
import { env } from './env.mjs';

// A stopped server must not end the test process through an idle connection.
const pool = new pg.Pool({ connectionString: env.database, max: 2, connectionTimeoutMillis: 5_000 });
pool.on('error', () => {});

export const query = async (sql, values) => (await pool.query(sql, values)).rows;

/** Every table of ours, as `schema.table`, quoted. */
export async function tables() {
  const rows = await query(`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`);
  return rows.map((row) => row.name);
}

/** Rows of a table as text; bytea is shown as hexadecimal. */
export const dump = async (table) => (await query(`select t::text as row from ${table} t`)).map((row) => row.row);

export const close = () => pool.end();
