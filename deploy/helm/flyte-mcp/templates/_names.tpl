{{- define "flyte-mcp.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "flyte-mcp.fullname" -}}
{{- $name := include "flyte-mcp.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "flyte-mcp.selector" -}}
app.kubernetes.io/name: {{ include "flyte-mcp.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "flyte-mcp.labels" -}}
{{ include "flyte-mcp.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "flyte-mcp.metadata" -}}
name: {{ include "flyte-mcp.fullname" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "flyte-mcp.labels" . | nindent 2 }}
{{- end -}}

{{- define "flyte-mcp.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "flyte-mcp.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "flyte-mcp.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (default $.Chart.AppVersion .tag) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Where clients reach it: the address that is said, the ingress, else the service from within the cluster. */ -}}
{{- define "flyte-mcp.url" -}}
{{- $host := printf "%s.%s.svc:%v" (include "flyte-mcp.fullname" .) .Release.Namespace .Values.service.port -}}
{{- $origin := printf "http://%s" $host -}}
{{- if .Values.publicUrl -}}
{{- $origin = trimSuffix "/" .Values.publicUrl -}}
{{- else if and .Values.ingress.enabled .Values.ingress.hosts -}}
{{- $origin = printf "%s://%s" (ternary "https" "http" (ne .Values.ingress.tlsSecret "")) (first .Values.ingress.hosts) -}}
{{- end -}}
{{- printf "%s%s/mcp" $origin .Values.mountPath -}}
{{- end -}}
