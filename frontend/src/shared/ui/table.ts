/** A column of DataTable. `from` hides it below that width: say what matters most on a phone first. */
export interface Column {
  key: string
  label: string
  align?: 'right'
  from?: 'sm' | 'md' | 'lg' | 'xl'
  width?: string
}

/** Whole class names: Tailwind finds them by text. */
export const VISIBLE_FROM = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
  xl: 'hidden xl:table-cell',
} as const
