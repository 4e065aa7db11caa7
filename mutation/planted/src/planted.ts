export const twice = (count: number): number => count + count

export const isFull = (count: number): boolean => count >= 10

export const untested = (count: number): number => -count
