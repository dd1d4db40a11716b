import { categoriesId } from '../domain/categories';
import type { CategoryId, Instant } from '../domain/kernel';
import { itProjects } from '../tests/support/projections/it-projects';
import { categoryTree, type CategoryTree } from './category-tree';

const at = '2026-11-02T09:00:00.000Z' as Instant;
const [home, cups] = ['home', 'cups'] as readonly string[] as [CategoryId, CategoryId];
const ofHome = { categoryId: home, names: { en: 'Home', zh: '家' }, slug: 'home', parentId: null };
const ofCups = { categoryId: cups, names: { en: 'Cups', zh: '杯' }, slug: 'cups', parentId: home };
const id = categoriesId;
const tree: CategoryTree = { id, categories: [ofHome, ofCups] };

itProjects(categoryTree, [
  {
    on: { type: 'CategoryAdded', data: { categoryId: home, names: ofHome.names, slug: 'home', addedAt: at } },
    because: 'is the first one',
    touches: [{ id, after: { id, categories: [ofHome] } }],
  },
  {
    on: { type: 'CategoryAdded', data: { ...ofCups, addedAt: at } },
    because: 'is below another one',
    touches: [{ id, before: { id, categories: [ofHome] }, after: tree }],
  },
  {
    on: {
      type: 'CategoryRenamed',
      data: { categoryId: cups, names: { en: 'Mugs', zh: '杯' }, slug: 'cups', renamedAt: at },
    },
    because: 'is called otherwise',
    touches: [
      {
        id,
        before: tree,
        after: { id, categories: [ofHome, { ...ofCups, names: { en: 'Mugs', zh: '杯' } }] },
      },
    ],
  },
  {
    on: { type: 'CategoryMoved', data: { categoryId: cups, beforeId: home, movedAt: at } },
    because: 'moves to the root',
    touches: [
      {
        id,
        before: tree,
        after: {
          id,
          categories: [{ categoryId: cups, names: ofCups.names, slug: 'cups', parentId: null }, ofHome],
        },
      },
    ],
  },
  {
    on: { type: 'CategoryRetired', data: { categoryId: cups, retiredAt: at } },
    because: 'is retired',
    touches: [{ id, before: tree, after: { id, categories: [ofHome] } }],
  },
]);
