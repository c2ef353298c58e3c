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
    name: 'usage',
    component: () => import('@/features/usage/views/RequestsView.vue'),
    meta: { titleKey: 'nav.usage' },
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
    path: '/models',
    name: 'models',
    component: () => import('@/features/models/views/ModelsView.vue'),
    meta: { titleKey: 'nav.models' },
  },
  {
    path: '/providers',
    name: 'providers',
    component: () => import('@/features/providers/views/ProvidersView.vue'),
    meta: { titleKey: 'nav.providers', needs: 'providers:read' },
  },
  {
    path: '/users',
    name: 'users',
    component: () => import('@/features/users/views/UsersView.vue'),
    meta: { titleKey: 'nav.users', needs: 'people:read' },
  },
  {
    path: '/settings',
    name: 'settings',
    component: () => import('@/features/settings/views/SettingsView.vue'),
    meta: { titleKey: 'nav.settings', needs: 'settings:read' },
  },
  {
    path: '/audit',
    name: 'audit',
    component: () => import('@/features/audit/views/AuditView.vue'),
    meta: { titleKey: 'nav.audit', needs: 'audit:read' },
  },
  {
    path: '/projections',
    name: 'projections',
    component: () => import('@/features/projections/views/ProjectionsView.vue'),
    meta: { titleKey: 'nav.projections', needs: 'projections:read' },
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
