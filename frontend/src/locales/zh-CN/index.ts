import app from './app.json'
import auth from './auth.json'
import dashboard from './dashboard.json'
import observe from './observe.json'
import usage from './usage.json'
import keys from './keys.json'
import users from './users.json'
import providers from './providers.json'
import models from './models.json'
import audit from './audit.json'
import playground from './playground.json'
import projections from './projections.json'
import system from './system.json'
import settings from './settings.json'
import health from './health.json'
import profile from './profile.json'
import teams from './teams.json'
import transfer from './transfer.json'
import limits from './limits.json'
import spending from './spending.json'
import keyList from './keyList.json'

export default {
  ...app,
  ...auth,
  ...dashboard,
  ...observe,
  ...usage,
  ...keys,
  ...users,
  ...providers,
  ...models,
  ...audit,
  ...playground,
  ...projections,
  ...system,
  ...settings,
  ...health,
  ...profile,
  ...teams,
  ...transfer,
  ...keyList,
  ...spending,
  ...limits,
}
