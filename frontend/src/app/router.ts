import { createRouter, createWebHistory, type RouteRecordRaw, type Router } from 'vue-router'
import type { Permission } from '@/shared/permissions'
import { requireLogin } from './guards'

declare module 'vue-router' {
  interface RouteMeta {
    titleKey?: string
    /** Shown without a login and without the frame. */
    bare?: boolean
    /** Who lacks it sees why the page is closed to them. */
    needs?: Permission
  }
}

export const routes: RouteRecordRaw[] = [
  {
    path: '/login',
    name: 'login',
    component: () => import('@/features/auth/views/LoginView.vue'),
    meta: { bare: true, titleKey: 'auth.title' },
  },
  {
    path: '/invitation',
    name: 'invitation',
    component: () => import('@/features/auth/views/InvitationView.vue'),
    meta: { bare: true, titleKey: 'auth.invitationTitle' },
  },
  {
    path: '/',
    name: 'dashboard',
    component: () => import('@/features/dashboard/views/DashboardView.vue'),
    meta: { titleKey: 'nav.dashboard' },
  },
  {
    path: '/usage',
    component: () => import('@/features/usage/views/UsageLayout.vue'),
    meta: { titleKey: 'nav.usage' },
    children: [
      { path: '', name: 'usage', component: () => import('@/features/usage/views/RequestsView.vue') },
      {
        path: 'breakdown',
        name: 'usage-breakdown',
        component: () => import('@/features/usage/views/BreakdownView.vue'),
      },
      {
        path: 'heatmap',
        name: 'usage-heatmap',
        component: () => import('@/features/usage/views/HeatmapView.vue'),
      },
      { path: 'costs', name: 'usage-costs', component: () => import('@/features/usage/views/CostsView.vue') },
      {
        path: 'activity',
        name: 'usage-activity',
        component: () => import('@/features/usage/views/ActivityView.vue'),
      },
      {
        path: 'budgets',
        name: 'usage-budgets',
        component: () => import('@/features/usage/views/BudgetsView.vue'),
      },
      {
        path: 'anomalies',
        name: 'usage-anomalies',
        component: () => import('@/features/usage/views/AnomaliesView.vue'),
      },
    ],
  },
  {
    path: '/playground',
    name: 'playground',
    component: () => import('@/features/playground/views/PlaygroundView.vue'),
    meta: { titleKey: 'nav.playground', needs: 'playground:use' },
  },
  {
    path: '/api-keys',
    name: 'api-keys',
    component: () => import('@/features/api-keys/views/ApiKeysView.vue'),
    meta: { titleKey: 'nav.api-keys' },
  },
  {
    path: '/api-keys/:id',
    name: 'api-key',
    component: () => import('@/features/api-keys/views/ApiKeyView.vue'),
    props: true,
    meta: { titleKey: 'nav.api-keys' },
  },
  {
    path: '/models',
    name: 'models',
    component: () => import('@/features/models/views/ModelsView.vue'),
    meta: { titleKey: 'nav.models' },
  },
  {
    path: '/models/new',
    name: 'model-new',
    component: () => import('@/features/models/views/ModelNewView.vue'),
    meta: { titleKey: 'models.createTitle', needs: 'models:write' },
  },
  {
    path: '/models/:id',
    name: 'model',
    component: () => import('@/features/models/views/ModelView.vue'),
    meta: { titleKey: 'nav.models' },
  },
  {
    path: '/prices',
    name: 'prices',
    component: () => import('@/features/models/views/PricesView.vue'),
    meta: { titleKey: 'nav.prices' },
  },
  {
    path: '/providers',
    name: 'providers',
    component: () => import('@/features/providers/views/ProvidersView.vue'),
    meta: { titleKey: 'nav.providers', needs: 'providers:read' },
  },
  {
    path: '/providers/:id',
    name: 'provider',
    component: () => import('@/features/providers/views/ProviderView.vue'),
    meta: { titleKey: 'nav.providers', needs: 'providers:read' },
  },
  {
    path: '/users',
    name: 'users',
    component: () => import('@/features/users/views/UsersView.vue'),
    meta: { titleKey: 'nav.users', needs: 'people:read' },
  },
  {
    path: '/users/:id',
    name: 'user',
    component: () => import('@/features/users/views/UserView.vue'),
    props: true,
    meta: { titleKey: 'nav.users', needs: 'people:read' },
  },
  {
    path: '/teams',
    name: 'teams',
    component: () => import('@/features/teams/views/TeamsView.vue'),
    meta: { titleKey: 'nav.teams', needs: 'people:read' },
  },
  {
    path: '/teams/:id',
    name: 'team',
    component: () => import('@/features/teams/views/TeamView.vue'),
    props: true,
    meta: { titleKey: 'nav.teams', needs: 'people:read' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('@/features/settings/views/SettingsView.vue'),
    meta: { titleKey: 'nav.settings', needs: 'settings:read' },
  },
  {
    path: '/audit',
    component: () => import('@/features/audit/views/AuditLayout.vue'),
    meta: { titleKey: 'nav.audit', needs: 'audit:read' },
    children: [
      { path: '', name: 'audit', component: () => import('@/features/audit/views/AuditView.vue') },
      { path: 'changes', name: 'audit-diff', component: () => import('@/features/audit/views/DiffView.vue') },
      {
        path: 'access',
        name: 'audit-access',
        component: () => import('@/features/audit/views/AccessView.vue'),
      },
      {
        path: 'entities/:type/:id',
        name: 'audit-entity',
        component: () => import('@/features/audit/views/EntityView.vue'),
      },
    ],
  },
  {
    path: '/projections',
    name: 'projections',
    component: () => import('@/features/projections/views/ProjectionsView.vue'),
    meta: { titleKey: 'nav.projections', needs: 'projections:read' },
  },
  {
    path: '/system/health',
    name: 'health',
    component: () => import('@/features/system/views/HealthView.vue'),
    meta: { titleKey: 'nav.health', needs: 'system:read' },
  },
  {
    path: '/system/logs',
    name: 'logs',
    component: () => import('@/features/system/views/LogsView.vue'),
    meta: { titleKey: 'nav.logs', needs: 'system:read' },
  },
  {
    path: '/profile',
    name: 'profile',
    component: () => import('@/features/profile/views/ProfileView.vue'),
    meta: { titleKey: 'nav.profile' },
  },
  {
    path: '/:rest(.*)*',
    name: 'not-found',
    component: () => import('./NotFoundView.vue'),
    meta: { titleKey: 'notFound.title' },
  },
]

export function createConsoleRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
  })
  router.beforeEach(requireLogin)
  return router
}
