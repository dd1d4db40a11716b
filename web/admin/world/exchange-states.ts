/** The states of an exchanged message in words. */
export const exchangeStates = {
  QUEUED: 'Queued',
  ACKED: 'Acknowledged',
  ANSWERED: 'Answered',
  REFUSED: 'Refused',
  ALARMED: 'Not acknowledged in time',
  RECEIVED: 'Received',
  APPLIED: 'Applied',
  PARKED: 'Parked',
  HANDLED: 'Handled by staff',
} as const;
