import {
  Boxes,
  ChartNoAxesColumn,
  KeyRound,
  Layers,
  LayoutDashboard,
  MessageSquareText,
  Plug,
  ScrollText,
  SlidersHorizontal,
  Users,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Permission } from '@/shared/permissions'

export interface NavItem {
  name: string
  icon: Component
  needs?: Permission
}

export const NAV: { group: string; items: NavItem[] }[] = [
  {
    group: 'observe',
    items: [
      { name: 'dashboard', icon: LayoutDashboard },
      { name: 'usage', icon: ChartNoAxesColumn },
    ],
  },
  {
    group: 'build',
    items: [
      { name: 'playground', icon: MessageSquareText, needs: 'playground:use' },
      { name: 'api-keys', icon: KeyRound },
      { name: 'models', icon: Boxes },
    ],
  },
  {
    group: 'manage',
    items: [
      { name: 'providers', icon: Plug, needs: 'providers:read' },
      { name: 'users', icon: Users, needs: 'people:read' },
      { name: 'settings', icon: SlidersHorizontal, needs: 'settings:read' },
      { name: 'audit', icon: ScrollText, needs: 'audit:read' },
      { name: 'projections', icon: Layers, needs: 'projections:read' },
    ],
  },
]
