# Builds the installer on Windows with Python 3.11 and NSIS. Usage: powershell -File packaging/windows/build.ps1
# Signed where PNM_SIGNING_THUMBPRINT names a certificate of this computer's store.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..\..')
$version = (Select-String -Path pnm_launcher\__init__.py -Pattern '__version__ = "(.*)"').Matches[0].Groups[1].Value
function Invoke-Checked { & $args[0] $args[1..$args.Length]; if ($LASTEXITCODE) { throw "$($args[0]) ended with $LASTEXITCODE" } }
function Add-Signature($file) {
  if ($env:PNM_SIGNING_THUMBPRINT) {
    Invoke-Checked signtool sign /sha1 $env:PNM_SIGNING_THUMBPRINT /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 $file
  }
}
Invoke-Checked py -3.11 -m venv build\venv
$python = 'build\venv\Scripts\python.exe'
Invoke-Checked $python -m pip install --quiet --require-hashes -r requirements\run.txt
Invoke-Checked $python -m pip install --quiet pyinstaller==6.22.3
$env:PYTHONPATH = 'packaging'
$env:PYTHONUTF8 = '1'
Invoke-Checked $python -m builder.frozen
Invoke-Checked $python -m PyInstaller --noconfirm packaging\launcher.spec --distpath build\frozen --workpath build\freezing
Add-Signature build\frozen\pnm-launcher\pnm-launcher.exe
Add-Signature build\frozen\pnm-launcher\pnm-launcher-console.exe
Invoke-Checked build\frozen\pnm-launcher\pnm-launcher-console.exe --version
New-Item -ItemType Directory -Force dist | Out-Null
$setup = "dist\pnm-launcher-$version-windows-x64.exe"
Invoke-Checked $python -m builder.installer build\frozen\pnm-launcher $setup
Add-Signature $setup
Get-FileHash -Algorithm SHA256 $setup
