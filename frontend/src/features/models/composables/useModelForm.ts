import { computed, reactive, shallowRef } from 'vue'
import type { Schemas } from '@/api/client'
import { type LimitsForm, limitsForm, limitsOf } from '@/shared/limits/limits'
import type { Catalog, Model, Strategy } from '../api'
import {
  type DeploymentForm,
  deploymentForm,
  deploymentInput,
  isDeploymentValid,
  isPriceValid,
  type Maybe,
  priceForm,
  type PriceForm,
  priceOf,
} from '../deployments'

export interface CatalogForm {
  description: string
  context_window: Maybe
  max_output: Maybe
  input_modalities: NonNullable<Catalog['input_modalities']>
  output_modalities: NonNullable<Catalog['output_modalities']>
  capabilities: string[]
}

export interface ModelForm {
  name: string
  deployments: DeploymentForm[]
  strategy: Strategy
  sticky: 'none' | 'user' | 'header'
  header: string
  fallbacks: string[]
  limits: LimitsForm
  cache_seconds: Maybe
  price: PriceForm
  catalog: CatalogForm
}

const CAPABILITY = /^[a-z][a-z0-9_]{0,39}$/
const HEADER = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,99}$/
const NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/

/** All of a model that a person may write, what of it is wrong, and what is sent: only what is another than before. */
export function useModelForm() {
  const form = reactive<ModelForm>(formOf(undefined))
  const original = shallowRef<Required<Schemas['EditModel']>>(valuesOf(form))

  function reset(model?: Model): void {
    Object.assign(form, formOf(model))
    original.value = valuesOf(form)
  }

  const isNameValid = computed(() => NAME.test(form.name))
  const isHeaderValid = computed(() => form.sticky !== 'header' || HEADER.test(form.header.trim()))
  const areCapabilitiesValid = computed(() => form.catalog.capabilities.every((one) => CAPABILITY.test(one)))
  const isValid = computed(
    () =>
      form.deployments.length > 0 &&
      form.deployments.every(isDeploymentValid) &&
      isHeaderValid.value &&
      areCapabilitiesValid.value &&
      isPriceValid(form.price),
  )

  const changes = computed(() => {
    const now = valuesOf(form)
    const changed = Object.entries(now).filter(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(original.value[name as keyof Schemas['EditModel']]),
    )
    return Object.fromEntries(changed) as Schemas['EditModel']
  })

  /** What a new model is made of. */
  function creation(): Schemas['CreateModel'] {
    const { deployments, ...others } = valuesOf(form)
    const given = Object.entries(others).filter(([, value]) => value !== null)
    return { name: form.name, deployments, ...Object.fromEntries(given) } as Schemas['CreateModel']
  }

  return {
    form,
    reset,
    changes,
    creation,
    isNameValid,
    isHeaderValid,
    areCapabilitiesValid,
    isValid,
    changed: computed(() => Object.keys(changes.value).length),
  }
}

function formOf(model: Model | undefined): ModelForm {
  const sticky = model?.routing?.sticky
  return {
    name: model?.name ?? '',
    deployments: model === undefined ? [deploymentForm()] : model.deployments.map(deploymentForm),
    strategy: model?.routing?.strategy ?? 'weighted',
    sticky: sticky === undefined ? 'none' : sticky === 'user' ? 'user' : 'header',
    header: sticky?.startsWith('header:') ? sticky.slice('header:'.length) : '',
    fallbacks: [...(model?.routing?.fallbacks ?? [])],
    limits: limitsForm(model?.limits),
    cache_seconds: model?.cache?.ttl_seconds,
    price: priceForm(model?.price),
    catalog: {
      description: model?.catalog?.description ?? '',
      context_window: model?.catalog?.context_window,
      max_output: model?.catalog?.max_output,
      input_modalities: [...(model?.catalog?.input_modalities ?? [])],
      output_modalities: [...(model?.catalog?.output_modalities ?? [])],
      capabilities: [...(model?.catalog?.capabilities ?? [])],
    },
  }
}

/** Null: as the API has it, nothing of it. */
function valuesOf(form: ModelForm): Required<Schemas['EditModel']> {
  return {
    deployments: form.deployments.map(deploymentInput),
    routing: routingOf(form),
    limits: limitsOf(form.limits) ?? null,
    cache: form.cache_seconds == null ? null : { ttl_seconds: form.cache_seconds },
    price: priceOf(form.price) ?? null,
    catalog: catalogOf(form.catalog),
  }
}

function routingOf({ strategy, sticky, header, fallbacks }: ModelForm): Schemas['Routing'] | null {
  const routing: Schemas['Routing'] = {
    ...(strategy !== 'weighted' && { strategy }),
    ...(sticky !== 'none' && { sticky: sticky === 'user' ? 'user' : `header:${header.trim()}` }),
    ...(fallbacks.length > 0 && { fallbacks: [...fallbacks] }),
  }
  return Object.keys(routing).length > 0 ? routing : null
}

function catalogOf(form: CatalogForm): Catalog | null {
  const catalog: Catalog = {
    ...(form.description.trim() !== '' && { description: form.description.trim() }),
    ...(form.context_window != null && { context_window: form.context_window }),
    ...(form.max_output != null && { max_output: form.max_output }),
    ...(form.input_modalities.length > 0 && { input_modalities: [...form.input_modalities] }),
    ...(form.output_modalities.length > 0 && { output_modalities: [...form.output_modalities] }),
    ...(form.capabilities.length > 0 && { capabilities: [...form.capabilities] }),
  }
  return Object.keys(catalog).length > 0 ? catalog : null
}
