import { UsageError } from '../program/command';
import { checkStatement } from './statement';

const hidden = new Set(['accounts_v1', 'events', 'promoted']);
const check = (sql: string) => () => checkStatement(sql, hidden);

it.each([
  'SELECT * FROM orders',
  '  -- a comment\n with t as (select 1) select * from t;',
  'VALUES (1), (2)',
  "select 'drop table x; --' AS text",
  'select count(*) as events from orders',
  'select "order_id" from `orders` where [status] = \'PAID\' /* ; drop table orders */',
])('permits %s', (sql) => expect(check(sql)).not.toThrow());

it.each([
  ['drop table orders', 'begins with SELECT'],
  ["ATTACH 'x.db' AS x", 'begins with SELECT'],
  ['pragma query_only = off', 'begins with SELECT'],
  ['explain select 1', 'begins with SELECT'],
  ['/* select */ delete from orders', 'begins with SELECT'],
  ['', 'Give a statement'],
  ['-- nothing', 'Give a statement'],
  ['select 1; drop table orders', 'one statement'],
  ['select * from accounts_v1', 'no flat model'],
  ['select * from "ACCOUNTS_V1"', 'no flat model'],
  ['select * from [accounts_v1]', 'no flat model'],
  ["select * from 'accounts_v1'", 'no flat model'],
  ['select * from main.accounts_v1', 'no flat model'],
  ['select (select document from `accounts_v1`)', 'no flat model'],
  ['select * from sqlite_schema', 'no flat model'],
  ['select * from pragma_table_list()', 'no flat model'],
  ['with x as (select 1) select * from events', 'no flat model'],
])('refuses %s', (sql, message) => {
  expect(check(sql)).toThrow(UsageError);
  expect(check(sql)).toThrow(message);
});
