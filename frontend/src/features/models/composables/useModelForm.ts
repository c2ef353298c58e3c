import { computed, reactive } from 'vue'
import type { DeploymentInput, Model, Price } from '../api'

/** As it will be sent: what this dialog does not show (priority, conditions, limits, price) stays as it is. */
export type FormDeployment = DeploymentInput & { weight: number }

export interface ModelForm {
  name: string
  deployments: FormDeployment[]
  priced: boolean
  currency: string
  /** Null: the number input was emptied. */
  input: number | null | undefined
  output: number | null | undefined
  cached_input: number | null | undefined
}

/** The fields of the model dialog, what is wrong with them, and what they send. */
export function useModelForm() {
  const form = reactive<ModelForm>(blank())

  function reset(model?: Model): void {
    Object.assign(form, blank())
    if (model === undefined) return
    form.name = model.name
    form.deployments = model.deployments.map(({ id: _id, provider_name: _name, ...input }) => input)
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
      (!form.priced || (/^[A-Z]{3}$/.test(form.currency) && form.input != null && form.output != null)),
  )

  function deployments(): DeploymentInput[] {
    return form.deployments.map((one) => ({ ...one, upstream_model: one.upstream_model.trim() }))
  }

  function price(): Price | undefined {
    const { priced, currency, input, output, cached_input } = form
    if (!priced || input == null || output == null) return undefined
    return { currency, input, output, cached_input: cached_input ?? undefined }
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
