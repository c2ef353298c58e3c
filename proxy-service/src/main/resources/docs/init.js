// In a file of its own because the content security policy allows no inline script.
window.ui = SwaggerUIBundle({
  dom_id: '#swagger-ui',
  urls: [
    { name: 'Data plane (OpenAI compatible)', url: '/openapi/data-plane.yaml' },
    { name: 'Management', url: '/openapi/management.yaml' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
});
