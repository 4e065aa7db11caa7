// Two people of two organizations.

export const ada = {
  id: '00000000-0000-4000-8000-0000000000a1',
  email: 'ada@example.test',
  display_name: 'Ada',
  organization_id: '00000000-0000-4000-8000-0000000000a0',
  token: 'token-of-ada',
}

export const bo = {
  id: '00000000-0000-4000-8000-0000000000b1',
  email: 'bo@example.test',
  display_name: 'Bo',
  organization_id: '00000000-0000-4000-8000-0000000000b0',
  token: 'token-of-bo',
}
