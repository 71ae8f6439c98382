# Installs the installer of dist\ for this user, checks what it registered, removes it, and looks for what is left.
$ErrorActionPreference = 'Stop'
$setup = Get-ChildItem dist\pnm-launcher-*-windows-x64.exe | Select-Object -First 1
Start-Process -Wait $setup.FullName -ArgumentList '/CurrentUser', '/S'
$folder = (Get-ItemProperty HKCU:\Software\pnm-launcher).InstallLocation
$command = (Get-ItemProperty HKCU:\Software\Classes\pnm-launcher\shell\open\command).'(default)'
if ($command -ne "`"$folder\pnm-launcher.exe`" open -- `"%1`"") { throw "links are opened by $command" }
if ((Get-ItemProperty HKCU:\Software\Classes\.pnm).'(default)' -ne 'pnm-launcher.meeting') { throw 'no file type' }
& "$folder\pnm-launcher-console.exe" --version
if ($LASTEXITCODE) { throw 'the program does not start' }
Start-Process -Wait "$folder\uninstall.exe" -ArgumentList '/CurrentUser', '/S', "_?=$folder"
foreach ($left in 'HKCU:\Software\pnm-launcher', 'HKCU:\Software\Classes\pnm-launcher', 'HKCU:\Software\Classes\.pnm',
    "$folder\pnm-launcher.exe", "$folder\_internal") {
  if (Test-Path $left) { throw "$left was left behind" }
}
