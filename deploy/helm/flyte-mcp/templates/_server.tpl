{{- /* The names by which clients may call: those that are given, and those that the cluster makes of the service and the ingress. */ -}}
{{- define "flyte-mcp.allowedHosts" -}}
{{- $name := include "flyte-mcp.fullname" . -}}
{{- $within := printf "%s.%s" $name .Release.Namespace -}}
{{- $hosts := concat .Values.allowedHosts (list $name $within (printf "%s.svc" $within) (printf "%s.svc.cluster.local" $within)) -}}
{{- if .Values.ingress.enabled -}}
{{- $hosts = concat $hosts .Values.ingress.hosts -}}
{{- end -}}
{{- with .Values.publicUrl -}}
{{- $hosts = append $hosts (urlParse .).host -}}
{{- end -}}
{{- $hosts | uniq | join "," -}}
{{- end -}}

{{- /* Flags rather than variables: nothing in the environment can undo a flag. */ -}}
{{- define "flyte-mcp.args" -}}
{{- $single := dict
  "host" .Values.host
  "port" .Values.port
  "mount-path" .Values.mountPath
  "allowed-hosts" (include "flyte-mcp.allowedHosts" .)
  "public-url" .Values.publicUrl
  "auth" .Values.auth.mode
  "endpoint" .Values.flyte.endpoint
  "org" .Values.flyte.org
  "project" .Values.flyte.project
  "domain" .Values.flyte.domain
  "console-url" .Values.flyte.consoleUrl
  "client-id" .Values.credential.clientId
  "corpus-cache" "/tmp/flyte-mcp"
-}}
{{- if eq .Values.auth.mode "jwt" -}}
{{- $single = merge $single (dict "jwt-issuer" .Values.auth.jwt.issuer "jwt-jwks-url" .Values.auth.jwt.jwksUrl) -}}
{{- end -}}
{{- if .Values.credential.accessToken.name -}}
{{- $single = merge $single (dict "access-token-file" "/var/run/secrets/flyte-mcp/access-token") -}}
{{- end -}}
{{- if .Values.metrics.port -}}
{{- $single = merge $single (dict "metrics-port" .Values.metrics.port) -}}
{{- end -}}
{{- $several := dict
  "allowed-origins" .Values.allowedOrigins
  "read-only-groups" .Values.policy.readOnlyGroups
  "tool-groups" .Values.policy.toolGroups
  "tools" .Values.policy.tools
  "exclude-tools" .Values.policy.excludeTools
  "task-allowlist" .Values.policy.taskAllowlist
  "app-allowlist" .Values.policy.appAllowlist
  "trigger-allowlist" .Values.policy.triggerAllowlist
-}}
{{- if eq .Values.auth.mode "jwt" -}}
{{- $several = merge $several (dict "jwt-audience" .Values.auth.jwt.audience "jwt-scopes" .Values.auth.jwt.scopes) -}}
{{- end -}}
{{- range $flag, $value := $single }}
{{- if $value }}
- {{ printf "--%s=%v" $flag $value | quote }}
{{- end }}
{{- end }}
{{- range $flag, $values := $several }}
{{- if $values }}
- {{ printf "--%s=%s" $flag (join "," $values) | quote }}
{{- end }}
{{- end }}
{{- if .Values.flyte.insecure }}
- "--insecure"
{{- end }}
{{- if .Values.policy.readOnly }}
- "--read-only"
{{- end }}
{{- range .Values.extraArgs }}
- {{ . | quote }}
{{- end }}
{{- end -}}

{{- define "flyte-mcp.secretVariable" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret.name }}
      key: {{ .secret.key }}
{{- end -}}

{{- define "flyte-mcp.env" -}}
{{- if eq .Values.auth.mode "shared-secret" }}
{{ include "flyte-mcp.secretVariable" (dict "variable" "FLYTE_MCP_SHARED_SECRET" "secret" .Values.auth.sharedSecret) }}
{{- end }}
{{- if .Values.credential.apiKey.name }}
{{ include "flyte-mcp.secretVariable" (dict "variable" "FLYTE_MCP_API_KEY" "secret" .Values.credential.apiKey) }}
{{- end }}
{{- if .Values.credential.clientSecret.name }}
{{ include "flyte-mcp.secretVariable" (dict "variable" "FLYTE_MCP_CLIENT_SECRET" "secret" .Values.credential.clientSecret) }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* What the schema cannot say, because it is about two values at once. */ -}}
{{- define "flyte-mcp.check" -}}
{{- $named := or .Values.flyte.endpoint .Values.credential.apiKey.name -}}
{{- range .Values.extraArgs -}}
{{- $named = or $named (hasPrefix "--config=" .) -}}
{{- end -}}
{{- if not $named -}}
{{- fail "flyte.endpoint is needed: the address of Flyte, such as dns:///flyte.example.com." -}}
{{- end -}}
{{- if and (eq .Values.auth.mode "none") (not .Values.policy.readOnly) -}}
{{- fail "auth.mode none lets anybody call, and this server could write: set policy.readOnly to true, or auth.mode to passthrough, jwt or shared-secret." -}}
{{- end -}}
{{- if and .Values.auth.sharedSecret.name (ne .Values.auth.mode "shared-secret") -}}
{{- fail "auth.sharedSecret is set without auth.mode shared-secret: give both or neither." -}}
{{- end -}}
{{- if and .Values.auth.jwt.issuer (ne .Values.auth.mode "jwt") -}}
{{- fail "auth.jwt is set without auth.mode jwt: give both or neither." -}}
{{- end -}}
{{- if and .Values.policy.tools .Values.policy.toolGroups -}}
{{- fail "policy.tools and policy.toolGroups exclude each other: name single tools or whole groups." -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) -}}
{{- fail "ingress.enabled needs ingress.hosts: the server answers to names that it knows." -}}
{{- end -}}
{{- if eq (int .Values.metrics.port) (int .Values.port) -}}
{{- fail "metrics.port must be another than port: metrics are for no client." -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) -}}
{{- fail "autoscaling.minReplicas is greater than autoscaling.maxReplicas." -}}
{{- end -}}
{{- end -}}
