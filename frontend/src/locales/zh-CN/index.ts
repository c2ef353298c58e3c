import app from './app.json'
import auth from './auth.json'
import dashboard from './dashboard.json'
import usage from './usage.json'
import keys from './keys.json'
import users from './users.json'
import providers from './providers.json'
import models from './models.json'
import audit from './audit.json'
import playground from './playground.json'
import projections from './projections.json'
import settings from './settings.json'
import profile from './profile.json'

export default {
  ...app,
  ...auth,
  ...dashboard,
  ...usage,
  ...keys,
  ...users,
  ...providers,
  ...models,
  ...audit,
  ...playground,
  ...projections,
  ...settings,
  ...profile,
}
