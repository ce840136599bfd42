/** The colours of all pictures: paper, ink and one accent. Text keeps 4.5:1 on paper, marks keep 3:1. */
export const paper = '#fcfaf6'
export const ink = '#211e1a'
export const quiet = '#6a6258'
/** Hairlines and stubs: they part, they do not tell. */
export const line = '#ddd5c8'
export const bar = '#998d7e'
export const articleMark = '#4c453d'
export const weekend = '#f3eee5'
export const accent = '#b8442f'
