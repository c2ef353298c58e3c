import { computed, reactive } from 'vue'
import type { DeploymentInput, Model, Price } from '../api'

export interface ModelForm {
  name: string
  deployments: Required<DeploymentInput>[]
  priced: boolean
  currency: string
  input: number | undefined
  output: number | undefined
  cached_input: number | undefined
}

/** The fields of the model dialog, what is wrong with them, and what they send. */
export function useModelForm() {
  const form = reactive<ModelForm>(blank())

  function reset(model?: Model): void {
    Object.assign(form, blank())
    if (model === undefined) return
    form.name = model.name
    form.deployments = model.deployments.map(({ provider_id, upstream_model, weight }) => ({
      provider_id,
      upstream_model,
      weight,
    }))
    if (model.price !== undefined) Object.assign(form, { priced: true, ...model.price })
  }

  const isNameValid = computed(() => /^[A-Za-z0-9][A-Za-z0-9._:/@-]*$/.test(form.name))
  const isComplete = computed(
    () =>
      isNameValid.value &&
      form.deployments.length > 0 &&
      form.deployments.every(
        ({ provider_id, upstream_model }) => provider_id !== '' && upstream_model.trim() !== '',
      ) &&
      (!form.priced ||
        (/^[A-Z]{3}$/.test(form.currency) && form.input !== undefined && form.output !== undefined)),
  )

  function deployments(): DeploymentInput[] {
    return form.deployments.map((one) => ({ ...one, upstream_model: one.upstream_model.trim() }))
  }

  function price(): Price | undefined {
    if (!form.priced) return undefined
    return {
      currency: form.currency,
      input: form.input ?? 0,
      output: form.output ?? 0,
      cached_input: form.cached_input,
    }
  }

  return { form, reset, isNameValid, isComplete, deployments, price }
}

function blank(): ModelForm {
  return {
    name: '',
    deployments: [{ provider_id: '', upstream_model: '', weight: 1 }],
    priced: true,
    currency: 'USD',
    input: undefined,
    output: undefined,
    cached_input: undefined,
  }
}
