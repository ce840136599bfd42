/** The forms of setting up: sources of one's own, and times that no menu offers. */
import type { Schedule } from '../../digest/schedule.ts'
import { sayHours } from '../../digest/schedule-words.ts'
import type { Action } from '../custom-id.ts'
import { languageLabel, spokenLanguages } from '../text/languages.ts'
import type { Say } from '../text/say.ts'
import { choice, type FormView, form, question } from './form.ts'

/** Most addresses that one form takes; more are added later. */
export const mostAddresses = 5

export function ownSourcesForm(
  action: Action,
  typed: { readonly title: string; readonly addresses: string; readonly language: string },
  say: Say,
): FormView {
  return form(action, say('setup.own.title'), [
    question('addresses', say('setup.own.addresses'), {
      about: say('setup.own.addressesAbout', { most: mostAddresses }),
      value: typed.addresses,
      placeholder: 'https://example.org\nnews.example.com/feed.xml',
      isLong: true,
      maxCharacters: 2000,
    }),
    question('title', say('setup.own.name'), {
      about: say('setup.own.nameAbout'),
      value: typed.title,
      isRequired: false,
      maxCharacters: 100,
    }),
    languageQuestion(typed.language, say),
  ])
}

export function languageQuestion(chosen: string, say: Say) {
  return choice(
    'language',
    say('setup.own.language'),
    spokenLanguages.map((tag) => ({
      label: languageLabel(tag, say),
      value: tag,
      default: tag === chosen.split('-')[0],
    })),
    { about: say('setup.own.languageAbout') },
  )
}

/** What was typed before stands there again, to be mended. */
export function timesForm(
  action: Action,
  standing: Schedule,
  typed: { readonly times: string; readonly zone: string } | undefined,
  say: Say,
): FormView {
  const times = 'cron' in standing ? standing.cron : sayHours(standing, say.locale)
  return form(action, say('setup.times.title'), [
    question('times', say('setup.times.times'), {
      about: say('setup.times.timesAbout'),
      value: typed?.times ?? times,
      maxCharacters: 200,
    }),
    question('zone', say('setup.times.zone'), {
      about: say('setup.times.zoneAbout'),
      value: typed?.zone ?? standing.zone,
      isRequired: false,
      maxCharacters: 100,
    }),
  ])
}
