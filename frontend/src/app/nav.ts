import {
  Boxes,
  ChartNoAxesColumn,
  Coins,
  HeartPulse,
  KeyRound,
  Layers,
  LayoutDashboard,
  MessageSquareText,
  Plug,
  ScrollText,
  SlidersHorizontal,
  SquareTerminal,
  Users,
  UsersRound,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { Permission } from '@/shared/permissions'

export interface NavItem {
  name: string
  icon: Component
  needs?: Permission
  /** Pressed after `g`. */
  key?: string
}

export const NAV: { group: string; items: NavItem[] }[] = [
  {
    group: 'observe',
    items: [
      { name: 'dashboard', key: 'd', icon: LayoutDashboard },
      { name: 'usage', key: 'r', icon: ChartNoAxesColumn },
    ],
  },
  {
    group: 'build',
    items: [
      { name: 'playground', key: 'p', icon: MessageSquareText, needs: 'playground:use' },
      { name: 'api-keys', key: 'k', icon: KeyRound },
      { name: 'models', key: 'm', icon: Boxes },
      { name: 'prices', key: 'c', icon: Coins },
    ],
  },
  {
    group: 'manage',
    items: [
      { name: 'providers', key: 'v', icon: Plug, needs: 'providers:read' },
      { name: 'users', key: 'u', icon: Users, needs: 'people:read' },
      { name: 'teams', key: 't', icon: UsersRound, needs: 'people:read' },
      { name: 'settings', key: 's', icon: SlidersHorizontal, needs: 'settings:read' },
      { name: 'audit', key: 'a', icon: ScrollText, needs: 'audit:read' },
    ],
  },
  {
    group: 'system',
    items: [
      { name: 'health', key: 'h', icon: HeartPulse, needs: 'system:read' },
      { name: 'logs', key: 'l', icon: SquareTerminal, needs: 'system:read' },
      { name: 'projections', key: 'j', icon: Layers, needs: 'projections:read' },
    ],
  },
]
