import {
  Ban,
  Bookmark,
  Boxes,
  Coins,
  Eye,
  KeyRound,
  Layers,
  LogIn,
  MonitorSmartphone,
  Plug,
  ShieldCheck,
  SlidersHorizontal,
  UserRound,
  UsersRound,
} from '@lucide/vue'
import type { Component } from 'vue'
import type { EntityType } from './api'

export const ENTITY_ICONS: Record<EntityType, Component> = {
  user: UserRound,
  team: UsersRound,
  api_key: KeyRound,
  provider: Plug,
  model: Boxes,
  price_book: Coins,
  platform_settings: SlidersHorizontal,
  signing_key: ShieldCheck,
  attempt: Ban,
  projection: Layers,
  session: MonitorSmartphone,
  login: LogIn,
  read: Eye,
  saved_search: Bookmark,
}
