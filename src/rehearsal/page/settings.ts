/** What the visitor chose for this page, kept in the browser. Nothing here reaches the bot but the locale. */
import type { PageLocale } from '../page-protocol.ts'

export type Theme = 'system' | 'light' | 'dark'

export interface Settings {
  readonly locale: PageLocale
  readonly theme: Theme
  /** Pictures from other hosts are fetched only when wanted. */
  readonly showsPictures: boolean
  readonly panelIsOpen: boolean
}

export const localeNames: Readonly<Record<PageLocale, string>> = {
  de: 'Deutsch',
  'en-US': 'English',
  fr: 'Français',
  'es-ES': 'Español',
  'pt-BR': 'Português',
}

const key = 'depesche.rehearsal'
const themes: readonly Theme[] = ['system', 'light', 'dark']

export function locales(): readonly PageLocale[] {
  return ['de', 'en-US', 'fr', 'es-ES', 'pt-BR']
}

export function loadSettings(): Settings {
  const stored = storedRecord()
  return {
    locale: locales().find((locale) => locale === stored.locale) ?? browserLocale(),
    theme: themes.find((theme) => theme === stored.theme) ?? 'system',
    showsPictures: stored.showsPictures === true,
    panelIsOpen: stored.panelIsOpen === true,
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings))
  } catch {
    // A browser that keeps nothing still shows the page.
  }
}

function storedRecord(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function browserLocale(): PageLocale {
  const language = navigator.language.slice(0, 2)
  return locales().find((locale) => locale.startsWith(language)) ?? 'en-US'
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Whether the page is dark at this moment, whoever decided it. */
export function isDark(theme: Theme): boolean {
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
}
